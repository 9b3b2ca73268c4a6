"""What every way to a server needs: addresses, pauses, errors and their diagnosis."""
