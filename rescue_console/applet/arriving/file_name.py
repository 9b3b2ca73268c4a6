"""Reads the code, the key and perhaps the server from the name of the applet's file.

Everybody downloads the same applet; the server's page names the download
``Rescue-CODE-KEY@HOST+PORT``, where ``@HOST`` and ``+PORT`` may be missing.
"""

import re
from pathlib import PurePath

from msgspec import Struct

from rescue_console.protocol.links import LinkParts, read_parts

_NAME = re.compile(
    r"Rescue-(?P<code>[0-9]{6,12})-(?P<key>[A-Za-z0-9_-]{22})"
    r"(?:@(?P<host>[A-Za-z0-9.-]{1,253}?)(?:\+(?P<port>[0-9]{1,5}))?)?"
    # Browsers number a second download: "Rescue-… (1).exe", "Rescue-…(1)", "Rescue-…-1".
    r"(?:[ _-]?\([0-9]{1,3}\)|-[0-9]{1,3})?"
    r"(?P<end>\.exe|\.app|\.bin|\.AppImage)?\Z",
    re.ASCII,
)


class Named(Struct, frozen=True):
    """What a file name says; ``server`` is ``HOST`` or ``HOST:PORT``, or empty if it names none."""

    link: LinkParts
    server: str


def read_file_name(path: str) -> Named | None:
    """Return what *path* says: its file name or, in a Mac's bundle, a folder around the file."""
    for part in reversed(PurePath(path).parts):
        found = _NAME.match(part)
        if found is None:
            continue
        link = read_parts(found["code"], found["key"])
        if link is not None:
            port = f":{found['port']}" if found["port"] else ""
            return Named(link, f"{found['host']}{port}" if found["host"] else "")
    return None
