"""Applets: as their file, as programs, as parts with the relay's other end; what is around them."""
