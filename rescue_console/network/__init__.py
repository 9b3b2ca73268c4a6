"""What every connection to a server needs: addresses, TLS, pauses, errors and their diagnosis."""
