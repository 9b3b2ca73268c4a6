"""Deletes a folder with all in it, one thing after the other, as long as it may. Blocks.

No link is followed, even one that is put in the place of a folder meanwhile: where the system can,
each folder is opened as such and what is in it is named from there.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class NoLongerAllowed(Exception):
    """Whoever had allowed it has taken it back; what was not reached is still there."""


def delete_tree(folder: Path, allowed: Callable[[], bool]) -> None:
    """Delete *folder*; ask *allowed* before each thing in it.

    Raises:
        NoLongerAllowed: it was not, before all of it was deleted.
        OSError: not all of it could be deleted.
    """
    _delete(str(folder), None, allowed, is_folder=True)


def _delete(path: str, at: int | None, allowed: Callable[[], bool], *, is_folder: bool) -> None:
    """Delete *path*, named from the open folder *at* where there is one."""
    if not allowed():
        raise NoLongerAllowed
    if not is_folder:
        os.unlink(path, dir_fd=at)
        return
    with _opened(path, at) as inside:
        with os.scandir(path if inside is None else inside) as found:
            entries = [(each.path, _is_folder(each)) for each in found]
        for name, folder in entries:
            _delete(name, inside, allowed, is_folder=folder)
    os.rmdir(path, dir_fd=at)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Tell whether something is a folder, and neither a link nor, on Windows, a junction."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    if sys.platform == "win32":
        return entry.stat(follow_symlinks=False).st_reparse_tag != stat.IO_REPARSE_TAG_MOUNT_POINT
    return True


@contextmanager
def _opened(path: str, at: int | None) -> Iterator[int | None]:
    """Open a folder that is no link; None on Windows, where there is no such thing."""
    if sys.platform == "win32":
        yield None
    else:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
        try:
            yield handle
        finally:
            os.close(handle)
