"""macOS: a launch agent starts the applet at sign-in; System Events restarts."""

import plistlib
from collections.abc import Sequence
from pathlib import Path

from rescue_console.applet.machine.base import Machine, run

_PREFIX = "org.rescue-console."


class MacosMachine(Machine):
    """The account of the user who runs the applet."""

    def data_folder(self) -> Path:
        """Return the Application Support folder."""
        return Path.home() / "Library" / "Application Support"

    def call_at_sign_in(self, name: str, command: Sequence[str]) -> None:
        """Write the property list, which launchd reads at the next sign-in.

        Source: launchd.plist(5).
        """
        path = _agent(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        agent = {
            "Label": f"{_PREFIX}{name}",
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        path.write_bytes(plistlib.dumps(agent))

    def forget(self, name: str) -> None:
        """Remove the property list."""
        _agent(name).unlink(missing_ok=True)

    def restart(self) -> None:
        """Ask System Events, as the Apple menu does: programs may ask to save first.

        Source: System Events' scripting dictionary, Power Suite, "restart".
        """
        run("/usr/bin/osascript", "-e", 'tell application "System Events" to restart')


def _agent(name: str) -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{_PREFIX}{name}.plist"
