"""A file that is being sent: read and summed in one go. Blocks; for a thread."""

import hashlib
import os
import stat
import threading

from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.sources import Source
from rescue_console.protocol.channel import CHUNK_MAX
from rescue_console.protocol.file_problems import FileProblem


class SourceFile:
    """One open file. Its calls wait for each other, so that closing never meets a reading.

    Raises:
        FileFailed: it cannot be read, or is not the file that was chosen any more.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._hash = hashlib.sha256()
        try:
            # Not to wait for ever, should somebody have put a pipe in the file's place.
            handle = os.open(
                source.path,
                os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0),
            )
        except OSError as error:
            raise FileFailed(FileProblem.UNREADABLE) from error
        self._file = os.fdopen(handle, "rb", buffering=0)
        self._check()

    def read(self, count: int) -> list[bytes]:
        """Return the next *count* bytes in pieces of at most CHUNK_MAX.

        Raises:
            FileFailed: the file has become shorter, or cannot be read.
        """
        chunks = []
        with self._lock:
            while count > 0:
                chunk = self._read(min(count, CHUNK_MAX))
                self._hash.update(chunk)
                chunks.append(chunk)
                count -= len(chunk)
        return chunks

    def digest(self) -> bytes:
        """Return the SHA-256 of all that was read.

        Raises:
            FileFailed: the file was changed since it was chosen.
        """
        with self._lock:
            self._check()
            return self._hash.digest()

    def close(self) -> None:
        """Close it."""
        with self._lock:
            self._file.close()

    def _read(self, count: int) -> bytes:
        try:
            chunk = self._file.read(count)
        except (OSError, ValueError) as error:
            raise FileFailed(FileProblem.UNREADABLE) from error
        if not chunk:
            raise FileFailed(FileProblem.CHANGED)
        return chunk

    def _check(self) -> None:
        facts = os.fstat(self._file.fileno())
        known = (self._source.size, self._source.modified_s)
        if not stat.S_ISREG(facts.st_mode) or (facts.st_size, int(facts.st_mtime)) != known:
            self._file.close()
            raise FileFailed(FileProblem.CHANGED)
