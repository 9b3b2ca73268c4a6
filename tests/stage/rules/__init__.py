"""The server's own parts in the test's process, on real databases, with a clock that stands."""
