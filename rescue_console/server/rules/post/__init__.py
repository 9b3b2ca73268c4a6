"""The queue of mails: what waits to be sent, and what has become of it."""
