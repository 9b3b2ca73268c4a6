"""What is known of this computer: one file per system, the standard library alone."""
