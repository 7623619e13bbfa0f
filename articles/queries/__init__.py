"""What is read: lists, facets and search; a fixed number of queries each, flat in cost."""
