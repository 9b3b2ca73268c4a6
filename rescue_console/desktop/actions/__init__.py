"""What can be done to a session, when, and how it is done."""
