"""Sentences and labels for what the protocol names: statuses, errors, permissions, times."""
