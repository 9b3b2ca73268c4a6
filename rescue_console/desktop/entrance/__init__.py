"""The way in: signing in, and starting the embedded server."""
