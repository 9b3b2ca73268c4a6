"""Real servers, one starter each: Rescue, PostgreSQL, Redis, SMTP, coturn, a keyring; their TLS."""
