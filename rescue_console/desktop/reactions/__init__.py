"""What the console does when the server tells something, the person chooses or somebody leaves."""
