"""The mark beside the database: how far it had come, and whether the server ended in good order.

It is kept outside of the database, so that a database that is gone, empty, or older than what has
been answered to somebody is noticed at the start, before anything is written on top of it.
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from rescue_console.server.data_folder import MARK

_OPEN = "open"
_CLOSED = "closed"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mark:
    """What is known of the database since it was last used.

    Attributes:
        number: The newest event that it has told.
        is_open: Whether the server that wrote this has not ended, or was cut off.
    """

    number: int
    is_open: bool


def read_mark(data: Path) -> Mark | None:
    """Return the mark in the folder *data*; None when there is none that can be read."""
    try:
        words = (data / MARK).read_text("ascii").split()
        return Mark(int(words[0]), words[1] == _OPEN)
    except (OSError, ValueError, IndexError):
        return None


class MarkKeeper:
    """Notes how far the database has come, while the server runs.

    One small write in place for each batch of events, and none of them waited for: the mark may be
    behind the database, and never ahead of it.

    Raises:
        OSError: the mark cannot be written.
    """

    def __init__(self, data: Path, number: int) -> None:
        self._number = number
        self._file = os.open(data / MARK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._write(_OPEN)
        except BaseException:
            os.close(self._file)
            raise

    def note(self, number: int) -> None:
        """Note that the event *number* has been told."""
        self._number = number
        try:
            self._write(_OPEN)
        except OSError:
            _log.warning("The mark beside the database cannot be written.", exc_info=True)

    def close(self, *, in_order: bool) -> None:
        """End; *in_order* says that the database holds everything that was noted."""
        try:
            if in_order:
                self._write(_CLOSED)
        except OSError:
            _log.warning("The mark beside the database cannot be written.", exc_info=True)
        finally:
            os.close(self._file)

    def _write(self, state: str) -> None:
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, f"{self._number:020d} {state:6}\n".encode("ascii"))
