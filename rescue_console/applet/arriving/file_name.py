"""Reads code and key, and perhaps the server, from the name under which the applet was saved.

The applet is the same for everybody; the server's page gives the download its name:
``Rescue-CODE-KEY`` with, after ``@``, the server's host and after ``+`` its port.
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
    """What a file name says; ``server`` is ``HOST`` or ``HOST:PORT``, empty when not named."""

    link: LinkParts
    server: str


def read_file_name(path: str) -> Named | None:
    """Return what the last part of *path* says, or what the Mac's bundle around it is called."""
    for part in reversed(PurePath(path).parts):
        found = _NAME.match(part)
        if found is None:
            continue
        link = read_parts(found["code"], found["key"])
        if link is not None:
            port = f":{found['port']}" if found["port"] else ""
            return Named(link, f"{found['host']}{port}" if found["host"] else "")
    return None
