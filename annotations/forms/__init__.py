"""What people say, checked."""
