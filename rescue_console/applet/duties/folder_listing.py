"""What is in the folders of the customer's computer, as the file manager shows it. Blocks."""

import os
import stat
import string
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

from rescue_console.protocol.channel import Entry, FolderListed
from rescue_console.protocol.file_problems import FolderProblem

ENTRIES_MAX = 5_000
"""Things in one listing, by the protocol."""

NAMES_BYTES_MAX = 700_000
"""Bytes of all names in one listing, so that its message stays below the largest allowed."""

NAME_CHARACTERS_MAX = 255


def list_folder(number: int, path: str) -> FolderListed:
    """Return what the folder *path* holds; with an empty path where to begin.

    Where to begin, each entry's name is a whole path.
    """
    if not path:
        return FolderListed(id=number, path="", entries=list(_beginnings()))
    folder = Path(path)
    if not is_whole(folder):
        return FolderListed.because(number, path, FolderProblem.NO_PATH)
    try:
        entries, more = _entries(folder)
    except (OSError, ValueError) as error:
        return FolderListed.because(number, path, reason(error), _parent(folder))
    return FolderListed(
        id=number, path=str(folder), parent=_parent(folder), entries=entries, more=more
    )


def is_whole(path: PurePath) -> bool:
    r"""Tell whether *path* is a whole path on this computer, by the rules of its system.

    One to another computer (``\\HOST\SHARE``) is not, but for the share with the user's home: by
    looking there Windows would prove to whoever owns HOST that it knows the user's password.
    """
    elsewhere = path.drive.startswith("\\\\") and path.drive != Path.home().drive
    return path.is_absolute() and not elsewhere


def reason(error: OSError | ValueError) -> FolderProblem | str:
    """Return the system's words for what went wrong, or that there can be no such thing."""
    words = error.strerror if isinstance(error, OSError) else None
    return words[:1_000] if words else FolderProblem.UNUSABLE


def _parent(folder: Path) -> str:
    return "" if folder.parent == folder else str(folder.parent)


def _beginnings() -> Iterator[Entry]:
    yield Entry(name=str(Path.home()), folder=True)
    if sys.platform == "win32":
        places = [Path(f"{letter}:\\") for letter in string.ascii_uppercase]
    elif sys.platform == "darwin":
        places = [Path("/"), *_below(Path("/Volumes"))]
    else:
        user = Path.home().name
        places = [Path("/"), *_below(Path("/media", user)), *_below(Path("/run/media", user))]
    for place in places:
        if place.is_dir() and len(str(place)) <= NAME_CHARACTERS_MAX:
            yield Entry(name=str(place), folder=True)


def _below(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _entries(folder: Path) -> tuple[list[Entry], bool]:
    entries: list[Entry] = []
    room = NAMES_BYTES_MAX
    with os.scandir(folder) as found:
        for one in found:
            if not _sendable(one.name):
                continue
            room -= len(one.name.encode()) + 40
            if len(entries) >= ENTRIES_MAX or room < 0:
                return entries, True
            entries.append(_entry(one))
    return entries, False


def _sendable(name: str) -> bool:
    """Tell whether a name can be said and said back: on Linux it may be any bytes."""
    return name.isprintable() and len(name) <= NAME_CHARACTERS_MAX


def _entry(one: "os.DirEntry[str]") -> Entry:
    try:
        facts = one.stat()
    except OSError:
        return Entry(name=one.name, folder=False)
    return Entry(
        name=one.name,
        folder=stat.S_ISDIR(facts.st_mode),
        size=facts.st_size,
        modified_s=int(facts.st_mtime),
    )
