"""The session book, through which rules read and change sessions: rows, changes, deadlines."""
