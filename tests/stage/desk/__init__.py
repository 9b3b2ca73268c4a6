"""A technician's place: the desktop app as a program, and a person who looks, clicks and types."""
