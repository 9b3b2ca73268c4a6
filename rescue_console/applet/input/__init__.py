"""The customer's pointer, keyboard and screens, behind one base and one file per system."""
