"""The guided tour of a whole session."""
