"""A file that is being sent: read and hashed in one pass. It blocks: use it from a thread."""

import hashlib
import os
import stat
import threading

from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.sources import Source
from rescue_console.protocol.channel import CHUNK_MAX
from rescue_console.protocol.file_problems import FileProblem


class SourceFile:
    """One open file. Its calls exclude each other, so that it is never closed during a read.

    Raises:
        FileFailed: it cannot be read, or has changed since it was chosen.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._hash = hashlib.sha256()
        try:
            # Without O_NONBLOCK, opening would wait forever if a pipe had replaced the file.
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
        """Return the SHA-256 of everything read.

        Raises:
            FileFailed: the file has changed since it was chosen.
        """
        with self._lock:
            self._check()
            return self._hash.digest()

    def close(self) -> None:
        """Close the file."""
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
