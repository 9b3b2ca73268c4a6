"""Start at sign-in on Windows: a value under the person's ``Run`` registry key.

Source: Microsoft, "Run and RunOnce Registry Keys".
"""

import subprocess
import sys
import winreg

from rescue_console.desktop.autostart.base import PROGRAM_NAME, Autostart

assert sys.platform == "win32"  # so that type checkers on other systems skip the rest

RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


class RunKey(Autostart):
    """A value of ``HKEY_CURRENT_USER``'s ``Run`` key."""

    def __init__(self, command: list[str]) -> None:
        self._line = subprocess.list2cmdline(command)

    def is_on(self) -> bool:
        """Tell whether the value is there."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                winreg.QueryValueEx(key, PROGRAM_NAME)
        except FileNotFoundError:
            return False
        return True

    def turn_on(self) -> None:
        """Set the value."""
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
            winreg.SetValueEx(key, PROGRAM_NAME, 0, winreg.REG_SZ, self._line)

    def turn_off(self) -> None:
        """Delete the value."""
        try:
            with winreg.OpenKey(
                winreg.HKEY_CURRENT_USER, RUN_KEY, access=winreg.KEY_SET_VALUE
            ) as key:
                winreg.DeleteValue(key, PROGRAM_NAME)
        except FileNotFoundError:
            return
