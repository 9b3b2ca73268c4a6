"""The log of one session: what has happened in it, as a table."""
