"""What a restart needs of the computer: each system behind one interface."""
