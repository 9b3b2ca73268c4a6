"""The computer itself, as a restart needs it: each system behind one interface."""
