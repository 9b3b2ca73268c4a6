"""The session list: rows, order, filter, and how each cell is shown."""
