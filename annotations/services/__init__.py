"""What writes: each act in one transaction, with its activity inside it."""
