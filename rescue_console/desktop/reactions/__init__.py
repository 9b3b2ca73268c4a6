"""What the console does on news from the server, on the person's choices, and at sign-out."""
