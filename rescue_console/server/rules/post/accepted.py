"""A file that remembers which mails were taken by the mail server and are not recorded yet.

The database needs its time for a commit, and other mails go out meanwhile. If the server is killed
then, every mail between the mail server's yes and the commit would go out once more. A few bytes
appended to a file are safe from that kill as soon as they are written, with no wait for a disk.
"""

import logging
import os
from pathlib import Path

FILE_NAME = "accepted-mails"

_log = logging.getLogger(__name__)


class AcceptedMails:
    """The mails that one server node has handed over and not recorded.

    Args:
        folder: The node's own folder; no other node may use it at the same time.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._unrecorded: set[str] = set()
        self._file: int | None = None

    def read(self) -> list[str]:
        """Return the ids that an earlier run of the server left."""
        try:
            text = self._path.read_text("ascii", "replace")
        except FileNotFoundError:
            return []
        except OSError as trouble:
            _log.warning("%s could not be read: %s", self._path, trouble)
            return []
        # The last line may have been cut off in the middle by a full disk; its id fits no mail.
        return list(dict.fromkeys(text.split()))

    def add(self, email_id: str) -> None:
        """Remember that the mail server has taken a mail; returns once a kill cannot undo it."""
        self._unrecorded.add(email_id)
        try:
            if self._file is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
                self._file = os.open(self._path, flags, 0o600)
            os.write(self._file, f"{email_id}\n".encode("ascii"))
        except OSError as trouble:
            # The database is about to be told, too: only a kill before that would matter.
            _log.warning("%s could not be written: %s", self._path, trouble)

    def forget(self, email_ids: list[str]) -> None:
        """Forget mails whose outcome the database has; the file is emptied when none is left."""
        self._unrecorded.difference_update(email_ids)
        if self._unrecorded:
            return
        try:
            if self._file is not None:
                os.ftruncate(self._file, 0)
            else:
                self._path.unlink(missing_ok=True)
        except OSError as trouble:
            _log.warning("%s could not be emptied: %s", self._path, trouble)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
