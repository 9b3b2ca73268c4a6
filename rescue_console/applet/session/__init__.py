"""One session, from joining to its end: its parts, what is known of it, and what is shown of it."""
