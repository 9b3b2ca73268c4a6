"""What the server has not accepted yet, kept on this computer's disk, a file for each session."""

import hashlib
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import platformdirs

from rescue_console.desktop.program.settings_file import APP_FOLDER

T = TypeVar("T")

_log = logging.getLogger(__name__)


class _Kept(msgspec.Struct, Generic[T], frozen=True):
    """What is kept for one session. ``server`` and ``technician`` say whose it is."""

    server: str
    technician: str
    session_id: str
    content: T = msgspec.field(name="text")


class Kept(Generic[T]):
    """One file for each session, which exists only while something in it is on its way.

    Args:
        folder: Where the files are; made when first needed, readable only by this person.
        server: Address of the server.
        technician: Id of the technician.
        kind: Type of what is kept for a session.
    """

    def __init__(self, folder: Path, server: str, technician: str, kind: type[T]) -> None:
        self._folder = folder
        self._server = server
        self._technician = technician
        self._decoder: msgspec.json.Decoder[_Kept[T]] = msgspec.json.Decoder(
            _Kept[kind]  # type: ignore[valid-type]  # known when it runs
        )

    def keep(self, session_id: str, content: T) -> None:
        """Write *content* to disk.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(session_id)
        new = path.with_suffix(".new")
        kept = _Kept(self._server, self._technician, session_id, content)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(kept))
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def drop(self, session_id: str) -> None:
        """Forget what the server has accepted.

        Raises:
            OSError: the file cannot be removed.
        """
        self._path(session_id).unlink(missing_ok=True)

    def all(self) -> dict[str, T]:
        """Return what is kept for this technician, by session; unreadable files are skipped."""
        found: dict[str, T] = {}
        for path in sorted(self._folder.glob("*.json")):
            try:
                kept = self._decoder.decode(path.read_bytes())
            except (OSError, msgspec.MsgspecError) as error:
                _log.warning("The kept file %s cannot be read: %s", path.name, error)
                continue
            if (kept.server, kept.technician) == (self._server, self._technician):
                found[kept.session_id] = kept.content
        return found

    def forget(self, before: datetime, *, most: int) -> None:
        """Remove files older than *before*, and the oldest beyond *most*, no matter whose."""
        try:
            ages = {path: path.stat().st_mtime for path in self._folder.glob("*.json")}
            for place, path in enumerate(sorted(ages, key=ages.__getitem__, reverse=True)):
                if place >= most or ages[path] < before.timestamp():
                    path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("Files kept too long could not be removed: %s", error)

    def _path(self, session_id: str) -> Path:
        whose = f"{self._server}\0{self._technician}\0{session_id}"
        return self._folder / f"{hashlib.sha256(whose.encode()).hexdigest()[:32]}.json"


def kept_folder(name: str) -> Path:
    """Return the folder *name* for what this person has on its way, as the platform wants it."""
    return platformdirs.user_data_path(APP_FOLDER, appauthor=False) / name
