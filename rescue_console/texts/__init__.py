"""Reads what people are told from files, one for each language; every room keeps its own files."""
