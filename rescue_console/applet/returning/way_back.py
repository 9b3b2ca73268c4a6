"""How the applet finds back into its session after a restart: one small file, read once.

It holds the applet's token, so only its user may read it; it is deleted as it is read, and counts
for LIFE_S. Whatever stands there otherwise is no way back: nothing is repaired and nobody is asked.
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
"""Seconds, before and after: a clock that the restart has set wrong may be off by less than that.

A restart with updates takes less; who signs in later than that is asked anew.
"""

_SIZE_MAX = 16 * 1024
_Word = Annotated[str, Meta(min_length=1, max_length=200)]


class WayBack(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What the applet must know to go on.

    Attributes:
        powers: Granted when it went: no other counts when it is back.
        pin: SHA-256 of the certificate of the console that they were granted to, in hex.
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
        """The server.

        Raises:
            AddressRefused: it is none.
        """
        return read_address(self.server_url)


def keep(way_back: WayBack, path: Path) -> None:
    """Write the file, in place of one that is there, so that it survives what comes.

    Raises:
        OSError: it cannot be written.
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
    """Read the file and delete it; return None when it is no way back.

    Args:
        path: Where it is.
        now_s: Seconds since the epoch.
        built_for: The server of the build, which no file can change; empty = any.
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
    """Return what a plain file that only its owner, this user, can reach begins with.

    Raises:
        OSError: it is something else, or not there.
    """
    # Neither through a link nor waiting for whoever writes into a pipe; Windows has none of these.
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
    # Written so that a time that is no number (NaN) is refused, too.
    if not abs(now_s - way_back.written_at) <= LIFE_S:
        return None
    if server.exposed:
        return None
    if built_for and server != read_address(built_for):
        return None
    return way_back
