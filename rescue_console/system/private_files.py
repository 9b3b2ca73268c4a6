"""Keeps what a program writes from the other people of the machine.

``keep_to_owner`` is the first thing that every program does: what it makes from then on is its own
user's alone. ``make_private``, ``close_own`` and ``close_file`` mend what an earlier version, or a
person, made wider. On Windows the rights of the folder above are inherited, and a person's folders
are theirs.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

OTHERS = 0o077
"""What the group and everybody else may do: nothing of it is granted."""


class TooOpen(Exception):
    """Other people can reach what is kept here; the message says where and what to do."""


class NotOurs(Exception):
    """A file cannot be read and written by this user; the message names it and what to do."""


def keep_to_owner() -> None:
    """Let whatever this process makes from now on be for its own user alone."""
    os.umask(OTHERS)


def make_private(folder: Path, *, own: bool) -> None:
    """Make *folder*, or close it to others when it is there.

    Args:
        folder: What other people may not look into.
        own: Whether it holds nothing but what this program keeps. If not, it is somebody's home,
            or a system's folder, whose rights are not for us to change.

    Raises:
        TooOpen: others can look into it, and it cannot be closed, or is not ours to close.
        OSError: it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform == "win32":
        return
    found = folder.stat()
    if not found.st_mode & OTHERS:
        return
    shown = f"{stat.S_IMODE(found.st_mode):04o}"
    # With the sticky bit it is a place for everybody, such as the system's temporary folder.
    if not own or found.st_mode & stat.S_ISVTX:
        raise TooOpen(
            f"Other users of this machine can look into {folder} (mode {shown}), which holds other "
            f"things, too. Choose a folder of its own, or close this one: chmod 700 {folder}"
        )
    _close(folder, found)
    if folder.stat().st_mode & OTHERS:
        raise TooOpen(
            f"Other users of this machine can look into {folder} (mode {shown}), and its disk does "
            "not let it be closed to them. Choose a folder on a disk that keeps rights."
        )


def close_own(folder: Path) -> None:
    """Make a folder that is this program's alone, or close it and its files as far as possible.

    Raises:
        OSError: it cannot be made.
    """
    with contextlib.suppress(TooOpen):
        make_private(folder, own=True)
        for path in folder.iterdir():
            if path.is_file():
                close_file(path)


def close_file(path: Path) -> None:
    """Close *path* to others, if it is there.

    Raises:
        TooOpen: it is somebody else's.
    """
    if sys.platform == "win32":
        return
    with contextlib.suppress(FileNotFoundError):
        found = path.stat()
        if found.st_mode & OTHERS:
            _close(path, found)


def _close(path: Path, found: os.stat_result) -> None:
    try:
        path.chmod(stat.S_IMODE(found.st_mode) & ~(OTHERS | stat.S_ISGID))
    except PermissionError:
        raise TooOpen(
            f"Other users of this machine can reach {path} (mode "
            f"{stat.S_IMODE(found.st_mode):04o}). It belongs to {user_name(found.st_uid)}; give it "
            f"to {_us()}, or close it: chmod {'700' if path.is_dir() else '600'} {path}"
        ) from None


def check_ours(path: Path) -> None:
    """Make sure that *path*, if it is there, can be read and written.

    Raises:
        NotOurs: it cannot.
    """
    how = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
    if sys.platform == "win32" or os.access(path, how, effective_ids=True):
        return
    try:
        owner = path.stat().st_uid
    except FileNotFoundError:
        return
    words = f"{os.strerror(errno.EACCES)}: {path}"
    if owner == os.geteuid():
        way = "700" if path.is_dir() else "600"
        raise NotOurs(f"{words} cannot be read and written. Allow it: chmod {way} {path}")
    folder = path if path.is_dir() else path.parent
    raise NotOurs(
        f"{words} belongs to {user_name(owner)}, and this runs as {_us()}. "
        f"Give it to {_us()}: chown -R {_us()} {folder}"
    )


@contextlib.contextmanager
def as_owner_of(folder: Path) -> Iterator[bool]:
    """Do what follows as the user to whom *folder* belongs, if this is root; tell whether it is so.

    So what root makes in the folder of a service is the service's. A folder that is not there yet
    is made for whoever owns the one that it will be in.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        yield False
        return
    owner = _nearest(folder).stat()
    if owner.st_uid == 0:
        yield False
        return
    group = os.getegid()
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield True
    finally:
        os.seteuid(0)
        os.setegid(group)


def _nearest(folder: Path) -> Path:
    """Return *folder*, or the nearest one above it that is there."""
    absolute = folder.absolute()
    return next(path for path in (absolute, *absolute.parents) if path.exists())


def user_name(number: int) -> str:
    """Return the name of a user, or their number when the machine knows no name."""
    if sys.platform == "win32":
        return str(number)
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _us() -> str:
    if sys.platform == "win32":
        return "this user"
    return user_name(os.geteuid())
