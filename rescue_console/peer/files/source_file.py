"""A file that is being sent: read and hashed in one pass. It blocks: use it from a thread."""

import hashlib
import os
import stat
import threading

from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.sources import Source
from rescue_console.protocol.channel import CHUNK_MAX
from rescue_console.protocol.file_problems import FileProblem

_END_BYTES = 4_096
"""Bytes at both ends of a file that are looked at before and after it is sent."""


class SourceFile:
    """One open file. Its calls exclude each other, so that it is never closed during a read.

    Sent is what the file held when it was chosen. To a log, more may be added meanwhile; that is
    left for the next time.

    Raises:
        FileFailed: it cannot be read, or has changed since it was chosen otherwise than by growing.
    """

    def __init__(self, source: Source) -> None:
        if source.refused is not None:
            raise FileFailed(source.refused)
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
        try:
            self._has_grown()
            self._ends = self._read_ends()
        except BaseException:
            self._file.close()
            raise

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
            FileFailed: the file has changed since it was chosen, and not only by growing.
        """
        with self._lock:
            digest = self._hash.digest()
            if self._has_grown():
                self._check_written_on(digest)
            return digest

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

    def _has_grown(self) -> bool:
        """Tell whether the file is longer than what is sent of it.

        Raises:
            FileFailed: it has become shorter or was modified at the same length.
        """
        facts = os.fstat(self._file.fileno())
        regular, size = stat.S_ISREG(facts.st_mode), self._source.size
        # Most programs save a file by putting another in its place.
        regular = regular and self._source.inode in (0, facts.st_ino)
        if regular and facts.st_size > size:
            return True
        if not regular or (facts.st_size, int(facts.st_mtime)) != (size, self._source.modified_s):
            raise FileFailed(FileProblem.CHANGED)
        return False

    def _check_written_on(self, digest: bytes) -> None:
        """Check that a file that has grown was only added to; a file written anew grows, too.

        Raises:
            FileFailed: it was written anew, before or while it was read.
        """
        if self._read_ends() != self._ends:
            raise FileFailed(FileProblem.CHANGED)
        again = hashlib.sha256()
        for start in range(0, self._source.size, CHUNK_MAX):
            again.update(self._piece(start, min(CHUNK_MAX, self._source.size - start)))
        if again.digest() != digest:
            raise FileFailed(FileProblem.CHANGED)

    def _read_ends(self) -> bytes:
        """Return the first and the last bytes of what is sent; go back to the beginning."""
        length = min(_END_BYTES, self._source.size)
        ends = self._piece(0, length) + self._piece(self._source.size - length, length)
        self._seek(0)
        return ends

    def _piece(self, start: int, length: int) -> bytes:
        self._seek(start)
        piece = b""
        while len(piece) < length:
            piece += self._read(length - len(piece))
        return piece

    def _seek(self, start: int) -> None:
        try:
            self._file.seek(start)
        except (OSError, ValueError) as error:
            raise FileFailed(FileProblem.UNREADABLE) from error
