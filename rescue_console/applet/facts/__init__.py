"""Facts about this computer: one file per system, with the standard library alone."""
