"""The book that every rule writes a session in: rows, changes, deadlines."""
