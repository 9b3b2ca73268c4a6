"""Reads sentences for people from files, one for each language; every room has files of its own."""
