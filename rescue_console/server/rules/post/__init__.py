"""The mail queue: what is waiting to be sent, and what became of each mail."""
