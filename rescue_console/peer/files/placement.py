"""Where an offered file goes: always to a path inside the chosen folder. Blocks."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rescue_console.peer.files.problems import FileFailed
from rescue_console.peer.files.safe_names import numbered, safe_parts
from rescue_console.protocol.channel import FileOffered
from rescue_console.protocol.file_problems import FileProblem

COPIES_MAX = 10_000


@dataclass(frozen=True)
class Placement:
    """Where a file is to be stored.

    Attributes:
        target: The path of the whole file.
        part: The path of the part file, until the file is whole. Its name depends on the offered
            name, size and time, so that only a transfer of the same file resumes it.
        replaces: Whether a person agreed to replace the file at *target*.
    """

    target: Path
    part: Path
    replaces: bool = False


def place(folder: Path, offer: FileOffered) -> Placement:
    """Return where *offer* goes below *folder*, and make the folders that it needs there.

    Raises:
        FileFailed: the folders cannot be made, or lead out of *folder*.
    """
    try:
        parts = safe_parts(offer.name)
        root = folder.resolve()
        root.mkdir(parents=True, exist_ok=True)
        parent = _inside(root, parts if offer.name.endswith("/") else parts[:-1])
    except (OSError, ValueError) as error:
        raise FileFailed(FileProblem.UNWRITABLE) from error
    mark = hashlib.sha256(f"{offer.name}\0{offer.size}\0{offer.modified_s}".encode()).hexdigest()
    return Placement(parent / parts[-1], parent / f"{parts[-1]}.{mark[:12]}.part")


def _inside(root: Path, parts: tuple[str, ...]) -> Path:
    """Make the folders *parts* below *root*, without following a link out of it.

    Raises:
        OSError, ValueError: one of them exists and is not a folder, or leads out of *root*.
    """
    here = root
    for part in parts:
        here = here / part
        here.mkdir(exist_ok=True)
        if not here.resolve().is_relative_to(root):
            raise ValueError("The folder leads out of the chosen one.")
    return here


def settle(placement: Placement) -> Path:
    """Give the finished part its final name, and return its path.

    Unless a person has agreed to it, nothing is overwritten: a free name is reserved by creating an
    empty file first.

    Raises:
        OSError: the file cannot be given its name.
    """
    target = placement.target
    if placement.replaces:
        placement.part.replace(target)
        return target
    for number in range(1, COPIES_MAX):
        free = target if number == 1 else target.with_name(numbered(target.name, number))
        try:
            os.close(os.open(free, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        try:
            placement.part.replace(free)
        except OSError:
            with suppress(OSError):
                free.unlink()
            raise
        return free
    raise FileExistsError(target)
