"""Styles, scripts and pictures of the customer's pages, at an address made from their content.

The address holds a hash over all files, so browsers may keep them forever: a change to any file
changes the address of all. Scripts import each other by relative paths, and so stay in one version.
"""

import gzip
import hashlib
from importlib.resources import files
from pathlib import PurePosixPath

from msgspec import Struct

STATIC_PATH = "/static/join"

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Asset(Struct, frozen=True):
    """One file, plain and compressed with gzip."""

    media_type: str
    plain: bytes
    packed: bytes


class Assets:
    """All files of ``web/join/static``, read once."""

    def __init__(self) -> None:
        folder = files("rescue_console.web") / "join" / "static"
        found = sorted(folder.iterdir(), key=lambda entry: entry.name)
        self._assets = {
            entry.name: _asset(entry.name, entry.read_bytes())
            for entry in found
            if PurePosixPath(entry.name).suffix in _MEDIA_TYPES
        }
        self.version = _version(self._assets)
        """Changes whenever any file does."""

    @property
    def address(self) -> str:
        """The path of this version's files, without a slash at its end."""
        return f"{STATIC_PATH}/{self.version}"

    def find(self, name: str) -> Asset | None:
        """Return the file called *name*, or ``None``; nothing on the disk is opened by *name*."""
        return self._assets.get(name)

    @property
    def names(self) -> list[str]:
        """The names of all files."""
        return list(self._assets)


def _asset(name: str, content: bytes) -> Asset:
    media_type = _MEDIA_TYPES[PurePosixPath(name).suffix]
    return Asset(media_type, content, gzip.compress(content, mtime=0))


def _version(assets: dict[str, Asset]) -> str:
    digest = hashlib.sha256()
    for name, asset in assets.items():
        digest.update(f"{name}\0{len(asset.plain)}\0".encode())
        digest.update(asset.plain)
    return digest.hexdigest()[:16]
