"""Turns what a person chose to send into a flat list of files and empty folders."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rescue_console.protocol.file_problems import FileProblem

FILES_MAX = 20_000
"""Files and empty folders that can be sent at once."""


class TooManyFiles(Exception):
    """What was chosen holds more than FILES_MAX files and empty folders."""


@dataclass(frozen=True)
class Source:
    """One file to send, or one empty folder (its name ends in ``/``).

    Attributes:
        path: Where it is on this computer.
        name: The name offered to the receiver, with ``/`` between folders.
        size: Bytes.
        modified_s: When it was last modified, in seconds since 1970.
        inode: The file's number on its disk; 0 if it is unknown.
        refused: Why it is not sent; it is in the list so that its absence is explained.
    """

    path: Path
    name: str
    size: int = 0
    modified_s: int = 0
    inode: int = 0
    refused: FileProblem | None = None

    @property
    def folder(self) -> bool:
        """Whether it is an empty folder."""
        return self.name.endswith("/")


class NoLongerWanted(Exception):
    """The caller no longer wants the files that are being looked for."""


def find_sources(paths: Iterable[Path], wanted: Callable[[], bool] = lambda: True) -> list[Source]:
    """Return the files at *paths* and in folders below, in the order of their names. Blocks.

    Links inside folders are not followed, since they may lead anywhere, and what is neither a file
    nor a folder (a pipe, a device) is not sent. They are included as ``refused``, and so is what
    cannot be read: sending it fails, and whoever wants it learns why.

    Args:
        paths: The files and folders that were chosen.
        wanted: Called for each source found; returns whether to go on.

    Raises:
        TooManyFiles: there are more than FILES_MAX.
        NoLongerWanted: *wanted* returned false.
    """
    found: list[Source] = []
    for path in paths:
        for source in _sources(path):
            if not wanted():
                raise NoLongerWanted
            if len(found) >= FILES_MAX:
                raise TooManyFiles
            found.append(source)
    return found


def _sources(path: Path) -> Iterator[Source]:
    if not path.is_dir():
        yield from _file(path, path.name, follow=True)
        return
    top = path.absolute()
    unreadable: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=unreadable.append):
        links = {name for name in folders if Path(folder, name).is_symlink()}
        folders[:] = sorted(name for name in folders if name not in links)
        prefix = _below(top, Path(folder))
        if not folders and not files and not links:
            yield Source(Path(folder), _sendable(f"{prefix}/"))
        for name in sorted([*files, *links]):
            yield from _file(Path(folder, name), f"{prefix}/{name}", follow=False)
    for error in unreadable:
        closed = Path(error.filename)
        yield Source(closed, _sendable(_below(top, closed)), refused=FileProblem.UNREADABLE)


def _below(top: Path, path: Path) -> str:
    return "/".join([top.name or "files", *path.relative_to(top).parts])


def _file(path: Path, name: str, *, follow: bool) -> Iterator[Source]:
    try:
        facts = path.stat(follow_symlinks=follow)
    except OSError:
        yield Source(path, _sendable(name))
        return
    if stat.S_ISREG(facts.st_mode):
        yield Source(path, _sendable(name), facts.st_size, int(facts.st_mtime), inode=facts.st_ino)
    else:
        yield Source(path, _sendable(name), refused=FileProblem.NOT_A_FILE)


def _sendable(name: str) -> str:
    """Return *name* as valid Unicode that can be sent: on Linux, a name may hold any bytes."""
    return name.encode("utf-8", "replace").decode()
