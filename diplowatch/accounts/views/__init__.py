"""Account pages of our own; allauth has the rest."""
