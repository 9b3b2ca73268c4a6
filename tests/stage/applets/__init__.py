"""Applets: the built file, running programs, parts joined to the relay; and their surroundings."""
