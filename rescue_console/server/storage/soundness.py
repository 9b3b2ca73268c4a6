"""Looks at a database before a server works with it: is it there, whole, ours and the newest.

A server that begins on an empty or an older database looks ready and has lost its sessions, and
what it writes then lies on top of what could have been saved. So nothing is changed here: SQLite's
file is opened for reading only, which leaves its write-ahead log as it is.
"""

import contextlib
import logging
import shutil
import sqlite3
from pathlib import Path

from rescue_console.server.data_folder import DATABASE, MARK
from rescue_console.server.storage.database import StorageBusy, StorageError, StorageFull
from rescue_console.server.storage.mark import Mark, read_mark

ROOM_MIN_BYTES = 256_000
"""With less room on its disk a server does not start: its first steps need some of it."""

_WHOLE_MAX_BYTES = 200_000_000
"""Up to this size every page is looked at, at each start; above, only after it was cut off."""

_log = logging.getLogger(__name__)


def check_room(data: Path) -> None:
    """Make sure that something can be written in *data*.

    Raises:
        StorageFull: its disk is full.
    """
    free = shutil.disk_usage(data).free
    if free < ROOM_MIN_BYTES:
        raise StorageFull(
            f"The disk of {data} is full: {free // 1_000} kB are free. Make room on it and start "
            "again."
        )


def check_sqlite(data: Path) -> None:
    """Make sure that the database in *data* is whole and the newest, if there has been one.

    Raises:
        StorageError: it is not; the message says what is wrong and what to do.
    """
    path, mark = data / DATABASE, read_mark(data)
    if not path.exists():
        if mark is not None:
            raise StorageError(
                f"The database {path} is gone. Put it back, or a backup of it. To begin anew, with "
                f"nothing in it, delete {data / MARK} as well."
            )
        return
    if not path.stat().st_size:
        raise StorageError(f"The database {path} is empty. {_anew(path)}")
    try:
        with contextlib.closing(_open(path)) as connection:
            _look_at(connection, path, mark)
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StorageBusy(
                f"Another program holds the database {path}. End it, and start again."
            ) from error
        raise StorageError(
            f"The server's database cannot be used: {path}: {error}. Put a backup in its place."
        ) from error


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)


def _look_at(connection: sqlite3.Connection, path: Path, mark: Mark | None) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "alembic_version" not in tables:
        raise StorageError(f"The database {path} has none of this server's tables. {_anew(path)}")
    if mark is not None:
        check_age(mark, _newest(connection, tables), path)
    cut_off = mark is None or mark.is_open
    if cut_off or path.stat().st_size <= _WHOLE_MAX_BYTES:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StorageError(
                f"The database {path} is damaged ({' '.join(found.split())}). "
                "Put a backup in its place."
            )


def _newest(connection: sqlite3.Connection, tables: set[str]) -> int:
    if "events" not in tables:
        return 0
    query = "SELECT coalesce(max(number), 0) FROM events WHERE number > 0"
    (number,) = connection.execute(query).fetchone()
    return int(number)


def check_age(mark: Mark, number: int, path: Path) -> None:
    """Make sure that nothing is missing that had been written before the server was cut off.

    After an end in good order an older database is one that a person has put there: a backup.

    Raises:
        StorageError: something is missing.
    """
    if number >= mark.number:
        return
    if not mark.is_open:
        _log.warning("The database is older than the last one: it is taken for a backup.")
        return
    raise StorageError(
        f"The database {path} lacks what was saved last: the file {path.name}-wal beside it is "
        "lost or damaged. Put it back, or a backup of the database. If this is what you want to go "
        f"on with, delete {path.with_name(MARK)} first."
    )


def _anew(path: Path) -> str:
    return (
        "Put a backup in its place. If there has never been anything in it, delete it, "
        f"{path.name}-wal and {MARK} beside it, and start again."
    )


def check_not_emptied(data: Path, number: int) -> None:
    """Make sure that a PostgreSQL database that has been worked with has not become another one.

    Args:
        data: The server's folder.
        number: Of the database's newest event.

    Raises:
        StorageError: it has nothing in it, although something has been there.
    """
    mark = read_mark(data)
    if mark is None or number >= mark.number:
        return
    if not number:
        raise StorageError(
            "The database that --database-url names is empty, and another one was used before. "
            "Name that one, or load a backup into this one. To begin anew, with nothing in it, "
            f"delete {data / MARK}."
        )
    _log.warning("The database is older than the last one: it is taken for a backup.")
