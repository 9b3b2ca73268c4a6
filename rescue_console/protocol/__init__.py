"""The words that all programs share: statuses, permissions, settings, requests, answers, events.

No I/O, no clock and no randomness live here, so that every rule can be tested as plain data.
"""
