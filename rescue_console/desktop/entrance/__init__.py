"""The way in: signing in, and starting the server that the console brings with it."""
