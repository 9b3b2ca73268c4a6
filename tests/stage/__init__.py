"""What tests, benchmarks and the tour share: real programs, and people who use them.

Test modules and ``conftest`` files import shared code from here, never from each other; nothing
here imports from a test.
"""
