"""A session's workspace: what a technician sees of one active session, section by section."""
