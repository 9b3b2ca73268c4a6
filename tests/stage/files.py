"""Files to be sent, and what has arrived."""

import os
from pathlib import Path


def make_file(path: Path, size: int) -> bytes:
    """Write *size* random bytes; return them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = os.urandom(size)
    path.write_bytes(content)
    return content


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the contents of all files in *folder* and below, by their relative paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
