"""The words that all programs share: statuses, permissions, settings, requests, answers, events.

There is no I/O, no clock and no randomness here, so that every rule can be tested as plain data.
"""
