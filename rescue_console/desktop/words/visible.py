"""Makes what somebody wrote fit to be shown: nothing in it deceives, and its links are found.

Nothing here knows Qt. The text stays plain text for ever: no markup in it is ever interpreted.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from msgspec import Struct

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OBJECT = "\ufffc"
"""Stands for a picture or a table in Qt's documents, so it must not come from outside."""
_LINK = re.compile(r"https?://[^\s<>\"'«»“”‘’`\\^{|}]+", re.IGNORECASE)
_CLOSING = ".,;:!?…"
_PAIRS = {")": "(", "]": "["}
LINK_MAX = 2_000
"""Characters of a link; a longer one stays text."""


class Piece(Struct, frozen=True):
    """A part of a message; ``link`` is the address it leads to, if any."""

    text: str
    link: str = ""


def visible(text: str) -> str:
    """Return *text* without control, unassigned and reordering characters; lines end in LF."""
    return "".join(filter(_shown, _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """Return *text* as one visible line, for names."""
    return " ".join(visible(text).split())


def pieces(text: str) -> list[Piece]:
    """Split *text* into plain parts and links; joined again they are the same text."""
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


def _shown(character: str) -> bool:
    if character in "\n\t":
        return True
    if character in _REORDERING or character == _OBJECT:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co")


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
