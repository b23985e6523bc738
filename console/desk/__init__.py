"""The use cases that screens may call."""
