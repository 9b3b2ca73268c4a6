"""Where an offered file goes: a path that cannot be outside the chosen folder. Blocks."""

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
    """Where a file is to be.

    Attributes:
        target: Its path.
        part: Where it is kept until it is whole. Offered name, size and time are part of the name,
            so that only the very same file is gone on with.
        replaces: Whether a person said that what is there goes.
    """

    target: Path
    part: Path
    replaces: bool = False


def place(folder: Path, offer: FileOffered) -> Placement:
    """Return where *offer* goes below *folder*, whose subfolders for it are made.

    Raises:
        FileFailed: the folder cannot be written to, or the name leads out of it.
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
    """Make the folders *parts* below *root*, following no link out of it.

    Raises:
        OSError, ValueError: one of them is something else or leads elsewhere.
    """
    here = root
    for part in parts:
        here = here / part
        here.mkdir(exist_ok=True)
        if not here.resolve().is_relative_to(root):
            raise ValueError("The folder leads out of the chosen one.")
    return here


def settle(placement: Placement) -> Path:
    """Give the finished part its own name, and return where it is now.

    Without a person's word nothing is overwritten: a free name is taken by creating it.

    Raises:
        OSError: the folder does not take it.
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
