"""What brings the applet back after a restart: a copy of its file, its way back, an entry.

The file that the customer ran may be in a folder that the system empties or the browser tidies up,
so a copy is started. The copy and the way back are in their own folder with a random name for each
restart; the entry that starts the copy has the same name. All are removed when the session is over.
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
"""Seconds after which the remains of a restart are removed if nobody has signed in since."""

_FILE = "way-back.json"
_NAME = re.compile(r"rescue-applet-[0-9a-f]{16}")


class NoWayBack(Exception):
    """The applet cannot make sure that it comes back; the message holds the system's words."""


def new_name() -> str:
    """Return a new random name for a restart."""
    return f"rescue-applet-{secrets.token_hex(8)}"


def is_name(name: str) -> bool:
    """Tell whether *name* could come from ``new_name``."""
    return _NAME.fullmatch(name) is not None


class Returning:
    """What brings the applet back from one restart. Everything here blocks: call it in a thread.

    Args:
        name: The restart's name, from ``new_name``.
        program: The applet's file, to be copied; None when it runs from source, which stays.
    """

    def __init__(self, machine: Machine, name: str, program: Path | None = None) -> None:
        assert is_name(name), "checked when the options were read"
        self._machine = machine
        self._name = name
        self._program = program
        self._folder = machine.data_folder() / FOLDER / name
        # Without it, a ``prepare`` still running in its thread could bring back what ``forget``
        # has removed.
        self._gate = threading.RLock()

    def prepare(self, way_back: WayBack) -> None:
        """Create the folder, the way back, the copy and the entry.

        Raises:
            NoWayBack: one of them cannot be created; nothing is left behind.
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
        """Write the way back, replacing any that is there.

        Raises:
            OSError: the way back cannot be written.
        """
        with self._gate:
            keep(way_back, self._folder / _FILE)

    def take(self, built_for: str) -> WayBack | None:
        """Remove the entry and the way back; return the way back if it may be used."""
        with suppress(OSError):
            self._machine.forget(self._name)
        return take(self._folder / _FILE, time.time(), built_for)

    def forget(self) -> None:
        """Remove the entry and the folder, and the folder of all restarts once it is empty."""
        with self._gate:
            with suppress(OSError):
                self._machine.forget(self._name)
            self._machine.remove(self._folder)
            with suppress(OSError):
                self._folder.parent.rmdir()

    def _command(self) -> list[str]:
        """Copy the applet's file, if it has one; return the command that starts the applet."""
        if self._program is None:
            return [sys.executable, "-m", "rescue_console.applet"]
        copy = (
            self._folder / f"rescue-applet{self._program.suffix if sys.platform == 'win32' else ''}"
        )
        shutil.copyfile(self._program, copy)
        copy.chmod(0o700)
        return [str(copy)]


def own_program() -> Path | None:
    """Return the single file that the applet runs from; None when it runs from source."""
    return Path(sys.executable) if getattr(sys, "frozen", False) else None


def forget_old(machine: Machine) -> None:
    """Remove what old restarts have left behind because their user never signed in again."""
    with suppress(OSError):
        for folder in (machine.data_folder() / FOLDER).iterdir():
            if is_name(folder.name) and time.time() - folder.stat().st_mtime > LEFT_AFTER_S:
                Returning(machine, folder.name).forget()
