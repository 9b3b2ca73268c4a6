"""Deletes a folder with its contents, one entry at a time, as long as that is allowed. Blocks.

No link is followed, not even one that replaces a folder in the meantime: where the system can do
it, each folder is opened as a folder, and its entries are named relative to that.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class NoLongerAllowed(Exception):
    """Permission to delete has ended; what had not been reached is still there."""


def delete_tree(folder: Path, allowed: Callable[[], bool]) -> None:
    """Delete *folder*; call *allowed* before each entry and the folder itself.

    Raises:
        NoLongerAllowed: *allowed* returned False before everything was deleted.
        OSError: something could not be deleted.
    """
    _delete(str(folder), None, allowed, is_folder=True)


def _delete(path: str, at: int | None, allowed: Callable[[], bool], *, is_folder: bool) -> None:
    """Delete *path*, which is relative to the open folder *at* unless that is None."""
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
    """Tell whether *entry* is a folder, and neither a link nor, on Windows, a junction."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    if sys.platform == "win32":
        return entry.stat(follow_symlinks=False).st_reparse_tag != stat.IO_REPARSE_TAG_MOUNT_POINT
    return True


@contextmanager
def _opened(path: str, at: int | None) -> Iterator[int | None]:
    """Open a folder, but no link; yield None on Windows, where folders cannot be opened."""
    if sys.platform == "win32":
        yield None
    else:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
        try:
            yield handle
        finally:
            os.close(handle)
