"""Chooses the machine of the system that the applet runs on."""

import sys

from rescue_console.applet.machine.base import Machine


def open_machine() -> Machine:
    """Return the machine that stands for this computer."""
    if sys.platform == "win32":
        from rescue_console.applet.machine.windows import WindowsMachine

        return WindowsMachine()
    if sys.platform == "darwin":
        from rescue_console.applet.machine.macos import MacosMachine

        return MacosMachine()
    from rescue_console.applet.machine.linux import LinuxMachine

    return LinuxMachine()
