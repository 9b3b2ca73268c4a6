"""How the applet finds its way back into a session after a restart: one small file, read once.

The file holds the applet's token, so only its user may read it; it is deleted when it is read, and
is valid for LIFE_S. Any other content is rejected: nothing is repaired and nobody is asked.
"""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from rescue_console.network.server_address import AddressRefused, ServerAddress, read_address
from rescue_console.protocol.powers import Power
from rescue_console.protocol.unreadable import UNREADABLE

LIFE_S = 3_600.0
"""How far, in seconds, the clock may be from ``written_at``, in either direction.

Either direction, because the restart may have set the clock wrong. Even a restart with updates
takes less time; for a user who signs in later, the session does not go on by itself.
"""

_SIZE_MAX = 16 * 1024
_Word = Annotated[str, Meta(min_length=1, max_length=200)]


class WayBack(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What the applet must know to go on with its session.

    Attributes:
        powers: The powers granted before the restart; no others count after it.
        pin: SHA-256, in hex, of the certificate of the console that they were granted to.
        written_at: Seconds since the epoch.
    """

    server_url: Annotated[str, Meta(min_length=1, max_length=2_000)]
    session_id: _Word
    token: _Word
    technician: Annotated[str, Meta(max_length=1_000)]
    organization: Annotated[str, Meta(max_length=1_000)]
    powers: Annotated[list[Power], Meta(max_length=len(Power))]
    pin: Annotated[str, Meta(max_length=64)]
    written_at: float

    @property
    def server(self) -> ServerAddress:
        """The server's address.

        Raises:
            AddressRefused: ``server_url`` is not a valid address.
        """
        return read_address(self.server_url)


def keep(way_back: WayBack, path: Path) -> None:
    """Write the file, replacing any that is there, so that it survives the restart.

    Raises:
        OSError: the file cannot be written.
    """
    new = path.with_name(f"{path.name}.new")
    with suppress(FileNotFoundError):
        new.unlink()
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(msgspec.json.encode(way_back))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def take(path: Path, now_s: float, built_for: str) -> WayBack | None:
    """Read the file and delete it; return None when it holds no valid way back.

    Args:
        path: The file's path.
        now_s: Seconds since the epoch.
        built_for: The server that the applet was built for; empty = any. Only this one is valid.
    """
    try:
        content = _read(path)
    except OSError:
        return None
    finally:
        with suppress(OSError):
            path.unlink()
    return _understand(content, now_s, built_for)


def _read(path: Path) -> bytes:
    """Return the beginning of a regular file that belongs to this user and nobody else can access.

    Raises:
        OSError: the file is missing, or is not such a file.
    """
    # Follow no link, and do not wait for somebody to write into a pipe. Windows has no such flags.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, os.O_RDONLY | flags), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise PermissionError(path)
        if sys.platform != "win32" and (
            status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o077
        ):
            raise PermissionError(path)
        return file.read(_SIZE_MAX + 1)


def _understand(content: bytes, now_s: float, built_for: str) -> WayBack | None:
    try:
        way_back = msgspec.json.decode(content[:_SIZE_MAX], type=WayBack)
        server = way_back.server
    except (*UNREADABLE, AddressRefused):
        return None
    # Put this way, the condition refuses NaN, too.
    if not abs(now_s - way_back.written_at) <= LIFE_S:
        return None
    if server.exposed:
        return None
    if built_for and server != read_address(built_for):
        return None
    return way_back
