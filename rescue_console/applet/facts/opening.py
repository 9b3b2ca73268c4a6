"""Chooses the facts of the system that the applet runs on."""

import sys

from rescue_console.applet.facts.base import Facts


def open_facts() -> Facts:
    """Return what reads this computer's facts."""
    if sys.platform == "win32":
        from rescue_console.applet.facts.windows import WindowsFacts

        return WindowsFacts()
    if sys.platform == "darwin":
        from rescue_console.applet.facts.macos import MacosFacts

        return MacosFacts()
    from rescue_console.applet.facts.linux import LinuxFacts

    return LinuxFacts()
