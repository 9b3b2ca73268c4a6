"""Finds the web addresses in what somebody wrote; the rest stays text. Nothing here knows Qt."""

import re
from urllib.parse import urlsplit

from msgspec import Struct

from rescue_console.protocol.limits import LINK_MAX

_LINK = re.compile(r"https?://[^\s<>\"'«»“”‘’`\\^{|}]+", re.IGNORECASE)
_CLOSING = ".,;:!?…"
_PAIRS = {")": "(", "]": "["}


class Piece(Struct, frozen=True):
    """A part of a message; ``link`` is the address it leads to, if any."""

    text: str
    link: str = ""


def pieces(text: str) -> list[Piece]:
    """Split *text* into plain parts and links; joined again, they give the same text."""
    found: list[Piece] = []
    done = 0
    for match in _LINK.finditer(text):
        address = _without_closing(match[0])
        if match.start() < done or not is_safe_link(address):
            continue
        if match.start() > done:
            found.append(Piece(text[done : match.start()]))
        found.append(Piece(address, address))
        done = match.start() + len(address)
    if done < len(text):
        found.append(Piece(text[done:]))
    return found


def is_safe_link(address: str) -> bool:
    """Tell whether *address* is a web address that says where it leads.

    One with a user name in front of the host does not: ``https://bank.example@evil.example``.
    """
    if len(address) > LINK_MAX:
        return False
    try:
        parts = urlsplit(address)
        port_is_right = parts.port != 0
    except ValueError:
        return False
    named = bool(parts.hostname) and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and named and port_is_right


def _without_closing(address: str) -> str:
    """Return *address* without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        surplus = opening is not None and address.count(last) > address.count(opening)
        if last not in _CLOSING and not surplus:
            break
        address = address[:-1]
    return address
