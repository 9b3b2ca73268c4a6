"""The technician console: the only room that imports Qt."""
