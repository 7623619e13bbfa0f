"""What is read: annotations, entities and their lists, a fixed number of queries each."""
