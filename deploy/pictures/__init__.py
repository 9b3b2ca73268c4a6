"""The pictures in the documentation, taken from the running programs."""
