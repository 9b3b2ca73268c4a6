"""The technician's notes on a session."""
