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
"""Entries in one listing, as the protocol limits them."""

NAMES_BYTES_MAX = 700_000
"""Bytes for all entries of one listing, so that its message stays below the largest size."""

NAME_CHARACTERS_MAX = 255


def list_folder(number: int, path: str) -> FolderListed:
    """Return what the folder *path* holds; for an empty path, the places to start from.

    The name of each such place is a whole path.
    """
    if not path:
        places, hidden = _beginnings()
        return FolderListed(id=number, path="", entries=places, hidden=hidden)
    folder = Path(path)
    if not is_whole(folder):
        return FolderListed.because(number, path, FolderProblem.NO_PATH)
    try:
        entries, hidden, more = _entries(folder)
    except (OSError, ValueError) as error:
        return FolderListed.because(number, path, reason(error), _parent(folder))
    return FolderListed(
        id=number,
        path=str(folder),
        parent=_parent(folder),
        entries=entries,
        more=more,
        hidden=hidden,
    )


def is_whole(path: PurePath) -> bool:
    r"""Tell whether *path* is a whole path on this computer, by the rules of its system.

    A path on another computer (``\\HOST\SHARE``) is not, except on the share that holds the user's
    home: by looking there, Windows would prove to HOST's owner that it knows the user's password.
    """
    elsewhere = path.drive.startswith("\\\\") and path.drive != Path.home().drive
    return path.is_absolute() and not elsewhere


def reason(error: OSError | ValueError) -> FolderProblem | str:
    """Return the system's words for what went wrong, or that the path is unusable."""
    words = error.strerror if isinstance(error, OSError) else None
    return words[:1_000] if words else FolderProblem.UNUSABLE


def _parent(folder: Path) -> str:
    return "" if folder.parent == folder else str(folder.parent)


def _beginnings() -> tuple[list[Entry], int]:
    """Return the places to start from, and how many of them cannot be named to the console."""
    places = [str(place) for place in _places()]
    return [Entry(name=place, folder=True) for place in places if _sendable(place)], sum(
        not _sendable(place) for place in places
    )


def _places() -> Iterator[Path]:
    yield Path.home()
    if sys.platform == "win32":
        places = [Path(f"{letter}:\\") for letter in string.ascii_uppercase]
    elif sys.platform == "darwin":
        places = [Path("/"), *_below(Path("/Volumes"))]
    else:
        user = Path.home().name
        places = [Path("/"), *_below(Path("/media", user)), *_below(Path("/run/media", user))]
    yield from (place for place in places if place.is_dir())


def _below(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _entries(folder: Path) -> tuple[list[Entry], int, bool]:
    """Return what *folder* holds, how many things are left out, and whether for lack of room."""
    entries: list[Entry] = []
    hidden, more = 0, False
    room = NAMES_BYTES_MAX
    with os.scandir(folder) as found:
        for item in found:
            sendable = _sendable(item.name)
            room -= len(item.name.encode("utf-8", "surrogatepass")) + 40 if sendable else 0
            more = more or (sendable and (len(entries) >= ENTRIES_MAX or room < 0))
            if sendable and not more:
                entries.append(_entry(item))
            else:
                hidden += 1
    return entries, hidden, more


def _sendable(name: str) -> bool:
    """Tell whether a name can go to the console and back; on Linux it may be any bytes.

    Whatever is Unicode can, spaces of any kind and characters newer than this program included:
    the console makes what it shows fit to be shown.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return len(name) <= NAME_CHARACTERS_MAX


def _entry(item: "os.DirEntry[str]") -> Entry:
    try:
        status = item.stat()
    except OSError:
        return Entry(name=item.name, folder=False)
    return Entry(
        name=item.name,
        folder=stat.S_ISDIR(status.st_mode),
        size=status.st_size,
        modified_s=int(status.st_mtime),
    )
