"""The picture over real networks: blocked ways, TURN, bad links. Linux as root only."""
