"""How console and applet reach each other: the relay, and the secure channel inside it."""
