"""Both sides of helping against a peer that is somebody else's program."""
