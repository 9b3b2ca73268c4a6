"""What consoles and join pages are told: written with the change itself, then fanned out."""
