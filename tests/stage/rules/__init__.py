"""The server's own parts in the test's process, with real databases and a stopped clock."""
