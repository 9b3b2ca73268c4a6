"""The name that people know this computer by."""

import platform


def computer_name() -> str:
    """Return this computer's name in its network; empty if it has none."""
    return platform.node()
