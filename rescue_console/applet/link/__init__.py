"""The applet's connections: to the server, and through it to the console."""
