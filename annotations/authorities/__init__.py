"""What others know of people, places and bodies: asked beside the local answers."""
