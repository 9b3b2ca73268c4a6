"""Start at sign-in on macOS: a launch agent of the person.

Source: launchd.plist(5), keys Label, ProgramArguments, RunAtLoad and ProcessType.
"""

import plistlib
from pathlib import Path

from rescue_console.desktop.autostart.base import PROGRAM_ID, Autostart

LABEL = f"org.{PROGRAM_ID}.desktop"


class LaunchAgent(Autostart):
    """A property list in ``~/Library/LaunchAgents``."""

    def __init__(self, command: list[str], folder: Path | None = None) -> None:
        self._command = command
        folder = folder or Path.home() / "Library" / "LaunchAgents"
        self._path = folder / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Tell whether the file is there."""
        return self._path.is_file()

    def turn_on(self) -> None:
        """Write the file; launchd reads it at the next sign-in."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(
            plistlib.dumps(
                {
                    "Label": LABEL,
                    "ProgramArguments": self._command,
                    "RunAtLoad": True,
                    "ProcessType": "Interactive",
                }
            )
        )

    def turn_off(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)
