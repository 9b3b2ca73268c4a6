"""Screens in memory, with windows, monitors and a clipboard."""
