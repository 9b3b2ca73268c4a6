"""What tests, benchmarks and the tour share: real programs, and people who use them.

A test module or a ``conftest`` imports what it shares with others from here, never from another
one; here nothing is imported from a test.
"""
