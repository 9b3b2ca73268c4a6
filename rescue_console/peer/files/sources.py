"""Turns what a person chose to send into a flat list of files and empty folders."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

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
    """

    path: Path
    name: str
    size: int = 0
    modified_s: int = 0

    @property
    def folder(self) -> bool:
        """Whether it is an empty folder."""
        return self.name.endswith("/")


class NoLongerWanted(Exception):
    """The caller no longer wants the files that are being looked for."""


def find_sources(paths: Iterable[Path], wanted: Callable[[], bool] = lambda: True) -> list[Source]:
    """Return the files at *paths* and in folders below, in the order of their names. Blocks.

    Links inside folders are left out, since they may lead anywhere, and so is anything that is
    neither a file nor a folder (a pipe, a device). A file that cannot be read is included: sending
    it will fail.

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
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not Path(folder, name).is_symlink())
        inside = Path(folder).relative_to(top).parts
        prefix = "/".join([top.name or "files", *inside])
        if not folders and not files:
            yield Source(Path(folder), _sendable(f"{prefix}/"))
        for name in sorted(files):
            yield from _file(Path(folder, name), f"{prefix}/{name}", follow=False)


def _file(path: Path, name: str, *, follow: bool) -> Iterator[Source]:
    try:
        facts = path.stat(follow_symlinks=follow)
    except OSError:
        yield Source(path, _sendable(name))
        return
    if stat.S_ISREG(facts.st_mode):
        yield Source(path, _sendable(name), facts.st_size, int(facts.st_mtime))


def _sendable(name: str) -> str:
    """Return *name* as valid Unicode that can be sent: on Linux, a name may hold any bytes."""
    return name.encode("utf-8", "replace").decode()
