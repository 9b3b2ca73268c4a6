"""Starts real servers: Rescue, PostgreSQL, Redis, SMTP, coturn and a keyring, with certificates."""
