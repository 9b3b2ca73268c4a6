"""The folder of everything that the server keeps: made, closed to others, and ours to write."""

from pathlib import Path

from rescue_console.system.private_files import (
    as_owner_of,
    check_ours,
    close_file,
    make_private,
)

LOCK = "server.lock"
DATABASE = "rescue.sqlite3"
MARK = "server.state"
"""How far the database had come: see storage/mark.py."""
CLOCK = "server.clock"
"""How the server's clock stood: see storage/kept_clock.py."""
OUTBOX = "outbox"
"""Where an embedded server writes its mails."""

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite puts behind a database's name for the files beside it."""

_HARMLESS = frozenset({OUTBOX, "lost+found"})
"""What may lie in a folder that no server has used yet: the desktop app makes the first, the
system the second."""


def prepare_data_folder(folder: Path) -> None:
    """Make *folder* fit to be a server's: for its user alone, and with all files to be written.

    Raises:
        TooOpen: others can look into it, and it is not for us to change that.
        NotOurs: it, or a file in it, belongs to somebody else.
        OSError: it cannot be made.
    """
    with as_owner_of(folder) as in_their_place:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        check_ours(folder)
        make_private(folder, own=_is_a_servers(folder))
        check_ours_and_closed(
            [folder / LOCK, folder / MARK, folder / CLOCK, *database_files(folder / DATABASE)]
        )
        if in_their_place:
            (folder / LOCK).touch(0o600)


def leave_to_owner(path: Path) -> None:
    """Begin the file *path* as the owner of its folder, if root is at work in their place.

    What SQLite makes beside a database belongs to whoever has the database.
    """
    with as_owner_of(path.parent) as in_their_place:
        if in_their_place:
            path.touch(0o600)


def check_ours_and_closed(files: list[Path]) -> None:
    """Close those of *files* that are there to others.

    Raises:
        TooOpen, NotOurs: one belongs to somebody else.
    """
    for path in files:
        check_ours(path)
        close_file(path)


def database_files(database: Path) -> list[Path]:
    """Return the files that make up a SQLite database, which need not all be there."""
    return [database.with_name(database.name + end) for end in _BESIDE]


def _is_a_servers(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    return bool(names & {LOCK, DATABASE, MARK}) or names <= _HARMLESS
