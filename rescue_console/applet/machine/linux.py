"""Linux: a desktop entry starts the applet at sign-in; the login manager restarts."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from rescue_console.applet.machine.base import Machine, RestartRefused, run
from rescue_console.system.desktop_entry import autostart_folder, entry_text

_PROGRAMS = ("systemctl", "loginctl")
"""Programs that ask logind by D-Bus: systemd's, and elogind's where there is no systemd."""


class LinuxMachine(Machine):
    """Any desktop that follows the autostart specification."""

    def data_folder(self) -> Path:
        """Return ``XDG_DATA_HOME``.

        Source: XDG Base Directory Specification 0.8.
        """
        said = os.environ.get("XDG_DATA_HOME", "")
        return Path(said) if Path(said).is_absolute() else Path.home() / ".local" / "share"

    def call_at_sign_in(self, name: str, command: Sequence[str]) -> None:
        """Write the desktop entry into the autostart folder."""
        path = _entry(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(entry_text("Rescue", command), encoding="utf-8")

    def forget(self, name: str) -> None:
        """Remove the desktop entry."""
        _entry(name).unlink(missing_ok=True)

    def restart(self) -> None:
        """Ask logind, which lets users restart the computer that they sit at.

        Source: systemctl(1), "reboot"; loginctl(1) of elogind.
        """
        program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
        if program is None:
            raise RestartRefused(" / ".join(f"{name}: not found" for name in _PROGRAMS))
        run(program, "reboot")


def _entry(name: str) -> Path:
    return autostart_folder() / f"{name}.desktop"
