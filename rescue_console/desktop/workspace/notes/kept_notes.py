"""Notes that the server has not stored yet, kept on this computer's disk until it has."""

import hashlib
import logging
import os
from pathlib import Path

import msgspec
import platformdirs

from rescue_console.desktop.settings_file import APP_FOLDER

_log = logging.getLogger(__name__)


class KeptNote(msgspec.Struct, frozen=True):
    """One session's notes. ``server`` and ``technician`` say whose they are."""

    server: str
    technician: str
    session_id: str
    text: str


class KeptNotes:
    """One file for each session, only there while its notes are on their way.

    Args:
        folder: Where the files are; made when first needed, readable by this person alone.
        server: Address of the server.
        technician: Id of the technician.
    """

    def __init__(self, folder: Path, server: str, technician: str) -> None:
        self._folder = folder
        self._server = server
        self._technician = technician

    def keep(self, session_id: str, text: str) -> None:
        """Put notes on the disk.

        Raises:
            OSError: the disk does not take them.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(session_id)
        new = path.with_suffix(".new")
        note = KeptNote(self._server, self._technician, session_id, text)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(note))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def drop(self, session_id: str) -> None:
        """Forget notes that the server has stored.

        Raises:
            OSError: the file cannot be removed.
        """
        self._path(session_id).unlink(missing_ok=True)

    def all(self) -> dict[str, str]:
        """Return this technician's kept notes by session; unreadable files are passed over."""
        found: dict[str, str] = {}
        for path in sorted(self._folder.glob("*.json")):
            try:
                note = msgspec.json.decode(path.read_bytes(), type=KeptNote)
            except (OSError, msgspec.MsgspecError) as error:
                _log.warning("Kept notes in %s cannot be read: %s", path.name, error)
                continue
            if (note.server, note.technician) == (self._server, self._technician):
                found[note.session_id] = note.text
        return found

    def _path(self, session_id: str) -> Path:
        whose = f"{self._server}\0{self._technician}\0{session_id}"
        return self._folder / f"{hashlib.sha256(whose.encode()).hexdigest()[:32]}.json"


def notes_folder() -> Path:
    """Return the folder of this person's notes on their way, as the platform wants it."""
    return platformdirs.user_data_path(APP_FOLDER, appauthor=False) / "notes"
