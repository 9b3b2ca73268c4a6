"""What brings the applet back after a restart: a copy of its file, its way back, an entry.

The file that the customer ran may lie where the system empties or the browser tidies up, so a copy
starts. Copy and way back are in a folder of their own, whose name is drawn anew for each restart;
the entry that starts the copy has the same name. All of it goes when the session is over.
"""

import re
import secrets
import shutil
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from rescue_console.applet.machine.base import Machine
from rescue_console.applet.returning.way_back import WayBack, keep, take

FOLDER = "rescue-applet"
OPTION = "--return"
LEFT_AFTER_S = 7 * 24 * 3_600.0
"""Seconds after which what a restart has left, whose user never signed in again, is removed."""

_FILE = "way-back.json"
_NAME = re.compile(r"rescue-applet-[0-9a-f]{16}")


class NoWayBack(Exception):
    """The applet cannot make sure that it comes back; the message says what the system said."""


def new_name() -> str:
    """Return a name for one restart."""
    return f"rescue-applet-{secrets.token_hex(8)}"


def is_name(name: str) -> bool:
    """Tell whether *name* is one that ``new_name`` can have made."""
    return _NAME.fullmatch(name) is not None


class Returning:
    """One restart's way back. Everything here blocks; for a thread.

    Args:
        name: As ``new_name`` made it.
        program: The applet's own file; None when it runs from its source, which stays where it is.
    """

    def __init__(self, machine: Machine, name: str, program: Path | None = None) -> None:
        assert is_name(name), "checked where it comes in"
        self._machine = machine
        self._name = name
        self._program = program
        self._folder = machine.data_folder() / FOLDER / name
        # A preparation that nobody waits for any more must not leave behind what was forgotten.
        self._gate = threading.RLock()

    def prepare(self, way_back: WayBack) -> None:
        """Put everything in its place.

        Raises:
            NoWayBack: something is in the way; nothing is left behind then.
        """
        with self._gate:
            try:
                self._folder.mkdir(parents=True, mode=0o700)
                self.keep(way_back)
                self._machine.call_at_sign_in(self._name, [*self._command(), OPTION, self._name])
            except OSError as error:
                self.forget()
                raise NoWayBack(error.strerror or str(error)) from error

    def keep(self, way_back: WayBack) -> None:
        """Write the way back, in place of what is there.

        Raises:
            OSError: it cannot be written.
        """
        with self._gate:
            keep(way_back, self._folder / _FILE)

    def take(self, built_for: str) -> WayBack | None:
        """Remove the entry and the way back; return it when it may be gone."""
        with suppress(OSError):
            self._machine.forget(self._name)
        return take(self._folder / _FILE, time.time(), built_for)

    def forget(self) -> None:
        """Remove all that there is; the folder of all restarts, too, when it is empty."""
        with self._gate:
            with suppress(OSError):
                self._machine.forget(self._name)
            self._machine.remove(self._folder)
            with suppress(OSError):
                self._folder.parent.rmdir()

    def _command(self) -> list[str]:
        """Return what starts the applet after the restart; its file is copied."""
        if self._program is None:
            return [sys.executable, "-m", "rescue_console.applet"]
        copy = (
            self._folder / f"rescue-applet{self._program.suffix if sys.platform == 'win32' else ''}"
        )
        shutil.copyfile(self._program, copy)
        copy.chmod(0o700)
        return [str(copy)]


def own_program() -> Path | None:
    """Return the one file that the applet runs from; None when it runs from its source."""
    return Path(sys.executable) if getattr(sys, "frozen", False) else None


def forget_old(machine: Machine) -> None:
    """Remove what restarts long ago have left: their user has not signed in since."""
    with suppress(OSError):
        for folder in (machine.data_folder() / FOLDER).iterdir():
            if is_name(folder.name) and time.time() - folder.stat().st_mtime > LEFT_AFTER_S:
                Returning(machine, folder.name).forget()
