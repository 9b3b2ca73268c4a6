"""Screens in memory, and what people have on them: windows, monitors, a clipboard."""
