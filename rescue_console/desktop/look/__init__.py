"""How things look: palettes, icons, and small widgets that every window uses."""
