"""One session, from joining to its end: its parts, what is known of it, what the window shows."""
