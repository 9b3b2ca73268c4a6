"""How the applet comes back after a restart of the computer."""
