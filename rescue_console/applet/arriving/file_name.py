"""Reads the code, the key and perhaps the server from the name of the applet's file.

Everybody downloads the same applet; the server's page names the download
``Rescue-CODE-KEY@HOST+PORT``, where ``@HOST`` and ``+PORT`` may be missing. Browsers and file
managers number a second download, before what they take for the extension: perhaps within the host.
Some put a word before the name, or a number after the extension.
"""

import re
from pathlib import PurePath

from msgspec import Struct

from rescue_console.protocol.links import LinkParts, read_parts

_NAME = re.compile(
    r"(?<![A-Za-z0-9])Rescue-(?P<code>[0-9]{6,12})-(?P<key>[A-Za-z0-9_-]{22})(?P<rest>.*)\Z",
    re.ASCII | re.DOTALL,
)
_MARK = re.compile(r"[^A-Za-z0-9.+@-][^.]*", re.ASCII)
"""``(1)``, `` 2``, ``_1``, `` - Copy (2)`` and whatever else begins like no part of the rest."""

_REST = re.compile(
    r"(?:@(?P<host>[A-Za-z0-9.-]{1,253}?)(?:\+(?P<port>[0-9]{1,5}))?)?"
    r"(?:-[0-9]{1,3})?"  # a number, too
    r"(?:(?i:\.exe|\.app|\.bin|\.AppImage)(?:\.[0-9]{1,3})?)?\Z",
    re.ASCII,
)


class Named(Struct, frozen=True):
    """What a file name says; ``server`` is ``HOST`` or ``HOST:PORT``, or empty if it names none."""

    link: LinkParts
    server: str


def read_file_name(path: str) -> Named | None:
    """Return what *path* says: its file name or, in a Mac's bundle, a folder around the file."""
    for part in reversed(PurePath(path).parts):
        name = _NAME.search(part)
        rest = _REST.match(_MARK.sub("", name["rest"])) if name else None
        if name is None or rest is None:
            continue
        link = read_parts(name["code"], name["key"])
        if link is not None:
            port = f":{rest['port']}" if rest["port"] else ""
            return Named(link, f"{rest['host']}{port}" if rest["host"] else "")
    return None
