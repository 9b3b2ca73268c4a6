"""Chooses the system's way of starting a program at sign-in."""

import sys

from rescue_console.desktop.autostart.base import Autostart, start_command

if sys.platform == "win32":
    from rescue_console.desktop.autostart.windows import RunKey as SystemAutostart
elif sys.platform == "darwin":
    from rescue_console.desktop.autostart.macos import LaunchAgent as SystemAutostart
else:
    from rescue_console.desktop.autostart.linux import DesktopEntry as SystemAutostart


def for_this_system() -> Autostart:
    """Return the entry that starts this program."""
    return SystemAutostart(start_command())
