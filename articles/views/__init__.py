"""Pages and downloads of the texts."""
