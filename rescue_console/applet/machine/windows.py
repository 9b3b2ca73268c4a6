"""Windows: a value of the ``RunOnce`` key starts the applet at sign-in; ``shutdown`` restarts."""

import os
import subprocess
import sys
import winreg
from collections.abc import Sequence
from pathlib import Path

from rescue_console.applet.machine.base import Machine, run

assert sys.platform == "win32"  # so that type checkers on other systems skip what follows

RUN_ONCE = r"Software\Microsoft\Windows\CurrentVersion\RunOnce"
_LINE_MAX = 260
"""Characters that a command may have. Source: Microsoft, "Run and RunOnce Registry Keys"."""


class WindowsMachine(Machine):
    """The account of the user who runs the applet."""

    def data_folder(self) -> Path:
        """Return the local application data folder, which no other user can read."""
        said = os.environ.get("LOCALAPPDATA", "")
        return Path(said) if said else Path.home() / "AppData" / "Local"

    def call_at_sign_in(self, name: str, command: Sequence[str]) -> None:
        """Set the value, which Windows deletes before it runs the command."""
        line = subprocess.list2cmdline(command)
        if len(line) > _LINE_MAX:
            raise OSError(f"RunOnce: {len(line)} > {_LINE_MAX}")
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_ONCE) as key:
            winreg.SetValueEx(key, name, 0, winreg.REG_SZ, line)

    def forget(self, name: str) -> None:
        """Delete the value."""
        try:
            with winreg.OpenKey(
                winreg.HKEY_CURRENT_USER, RUN_ONCE, access=winreg.KEY_SET_VALUE
            ) as key:
                winreg.DeleteValue(key, name)
        except FileNotFoundError:
            return

    def restart(self) -> None:
        """Restart without force, so that programs may ask to save first.

        Source: Microsoft, "shutdown": a time-out of 0 does not imply /f.
        """
        run(str(_system_folder() / "shutdown.exe"), "/r", "/t", "0")

    def remove(self, folder: Path) -> None:
        """Remove *folder*, if need be after the applet has ended: Windows keeps a running file."""
        super().remove(folder)
        if folder.exists():
            line = (
                f'for /l %i in (1,1,60) do @(rd /s /q "{folder}" & if not exist "{folder}" '
                f'(rd "{folder.parent}" & exit) & ping -n 2 127.0.0.1 >nul)'
            )
            # One command line instead of a list: cmd has its own rules for quotes.
            subprocess.Popen(  # noqa: S603 (paths of this user's account, quoted)
                f'"{_system_folder() / "cmd.exe"}" /d /c "{line}"',
                creationflags=subprocess.CREATE_NO_WINDOW,
                cwd=_system_folder(),
            )


def _system_folder() -> Path:
    return Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
