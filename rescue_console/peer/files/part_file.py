"""A file being received, named ``….part`` until it is whole. It blocks: use it from a thread."""

import errno
import hashlib
import hmac
import os
import shutil
import stat
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from rescue_console.peer.files.foreign_mark import mark_foreign
from rescue_console.peer.files.placement import Placement, settle
from rescue_console.peer.files.problems import FileFailed
from rescue_console.protocol.file_problems import FileProblem

SPARE_BYTES = 32 << 20
"""Room that a transfer must leave free on the disk."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class PartFile:
    """One open part file. Its calls exclude each other, so that it is never closed during a write.

    Args:
        placement: Where the part file and the whole file are.
        size: Bytes in the whole file.
        promised: Bytes that other files being received have yet to write.

    Attributes:
        held: Bytes that were already there; hash them with ``sum_held`` before writing.

    Raises:
        FileFailed: the part file cannot be written, or there is not enough room.
    """

    def __init__(self, placement: Placement, size: int, promised: int) -> None:
        self._placement = placement
        self._lock = threading.Lock()
        self._hash = hashlib.sha256()
        try:
            handle = os.open(placement.part, _FLAGS, 0o600)
            self._file = os.fdopen(handle, "r+b", buffering=0)
            facts = os.fstat(handle)
            if not stat.S_ISREG(facts.st_mode) or facts.st_nlink != 1:
                self._file.close()
                raise FileFailed(FileProblem.UNWRITABLE)
            if facts.st_size > size:
                self._file.truncate(0)
            self.held = facts.st_size if facts.st_size <= size else 0
            free = shutil.disk_usage(placement.part.parent).free
        except OSError as error:
            raise FileFailed(FileProblem.UNWRITABLE) from error
        if size - self.held + promised + SPARE_BYTES > free:
            self.close()
            if not self.held:
                self.delete()
            raise FileFailed(FileProblem.NO_ROOM)

    def sum_held(self, count: int) -> None:
        """Hash the next *count* bytes of those that were already there.

        Raises:
            FileFailed: they cannot be read.
        """
        with self._lock:
            try:
                self._hash.update(self._file.read(count))
            except (OSError, ValueError) as error:
                raise FileFailed(FileProblem.UNWRITABLE) from error

    def write(self, chunks: Iterable[bytes]) -> None:
        """Write and hash *chunks*.

        Raises:
            FileFailed: the disk is full, or they cannot be written.
        """
        with self._lock:
            try:
                for chunk in chunks:
                    self._hash.update(chunk)
                    view = memoryview(chunk)
                    while view:
                        view = view[self._file.write(view) :]
            except (OSError, ValueError) as error:
                full = isinstance(error, OSError) and error.errno in _FULL
                problem = FileProblem.DISK_FULL if full else FileProblem.UNWRITABLE
                raise FileFailed(problem) from error

    def finish(self, sha256: bytes, modified_s: int) -> Path:
        """Check the digest, give the file its name and time, and return its path.

        Args:
            sha256: The sender's digest of the whole file.
            modified_s: When the file was last modified, in seconds since 1970.

        Raises:
            FileFailed: the digest differs, or the file cannot be given its name.
        """
        with self._lock:
            if not hmac.compare_digest(self._hash.digest(), sha256):
                raise FileFailed(FileProblem.DAMAGED)
            try:
                os.fsync(self._file.fileno())
                self._file.close()
                mark_foreign(self._placement.part)
                path = settle(self._placement)
            except (OSError, ValueError) as error:
                raise FileFailed(FileProblem.UNWRITABLE) from error
        # The time comes from the other side; the file is kept even if the time is impossible.
        with suppress(OSError, OverflowError, ValueError):
            os.utime(path, (modified_s, modified_s))
        return path

    def close(self) -> None:
        """Close the part file, and keep it to be resumed later."""
        with self._lock:
            self._file.close()

    def delete(self) -> None:
        """Close and delete the part file."""
        self.close()
        with suppress(OSError):
            self._placement.part.unlink()
