"""The picture over real networks: blocked ways, TURN, bad links. Needs root on Linux."""
