"""The link that a customer clicks: built and read in one place, because mails keep it forever."""

import re
import unicodedata
from urllib.parse import urlencode

from msgspec import Struct

from rescue_console.protocol.pasted import unpacked

LINK_PATH = "/Customer/Code.aspx"
_CODE = re.compile(r"[0-9]{6,12}\Z", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{22}\Z")
PIN_TYPED_MAX = 128
_PAUSES = frozenset(".,·•_'’−ー،。、．")
"""What people and input methods write between groups of digits, besides spaces and dashes."""
_PIN = re.compile(r"[^0-9+]*?([0-9][0-9 ]*)[)\]>\"»”!?;]*\s*", re.ASCII)
_SOFT_BREAK = re.compile(r"=\r?\n")
_LINK_CODE = re.compile(r"(?<![A-Za-z])Code=([0-9]{6,12})(?![A-Za-z0-9])", re.ASCII)
_LINK_KEY = re.compile(r"(?<![A-Za-z])k=([A-Za-z0-9_-]{22})(?![_-]*[A-Za-z0-9])", re.ASCII)


class LinkParts(Struct, frozen=True):
    """A link's two secrets: the short code and the 128-bit key (22 characters of base64url)."""

    code: str
    key: str


def build_link(public_url: str, number: int, code: str, key: str) -> str:
    """Return ``PUBLIC_URL/Customer/Code.aspx?i=2&Code=618689&k=KEY``."""
    query = urlencode({"i": number, "Code": code, "k": key})
    return f"{public_url.rstrip('/')}{LINK_PATH}?{query}"


def read_parts(code: str | None, key: str | None) -> LinkParts | None:
    """Return the two parts of a link when both are well-formed, else ``None``."""
    if code is None or key is None or not _CODE.match(code) or not _KEY.match(key):
        return None
    return LinkParts(code, key)


def read_pin(typed: str) -> str | None:
    """Return the digits of a PIN as a person types or pastes it; ``None`` when it is not a PIN.

    Digits may be of any script, with spaces, dots, dashes and invisible marks between them, and
    words in front. More digits elsewhere, or a plus sign, make it something else: a phone number.
    """
    if len(typed) > PIN_TYPED_MAX:
        return None
    plain = "".join(_digit_or_pause(character) for character in typed)
    found = _PIN.fullmatch(plain)
    digits = found[1].replace(" ", "") if found else ""
    return digits if _CODE.match(digits) else None


def read_link(pasted: str) -> LinkParts | None:
    """Return the parts of a link that somebody clicks or pastes, whatever was put around it.

    ``None`` when there is none, or when there are two.
    """
    link = unpacked(pasted)
    for text in (
        link,
        # Some programs make a space of a line break.
        "".join(link.split()),
        # A mail's own line break, where its encoding was not undone.
        unpacked(_SOFT_BREAK.sub("", pasted)),
    ):
        parts = _parts_in(text)
        if parts is not None:
            return parts
    return None


def _parts_in(link: str) -> LinkParts | None:
    if "Code=3D" in link:
        # The number of the equals sign, left over where a mail's encoding was not undone.
        link = link.replace("=3D", "=")
    codes, keys = set(_LINK_CODE.findall(link)), set(_LINK_KEY.findall(link))
    if len(codes) != 1 or len(keys) != 1:
        return None
    return read_parts(codes.pop(), keys.pop())


def _digit_or_pause(character: str) -> str:
    """Return an ASCII digit for a digit of any script, a space for what may stand between two."""
    value = unicodedata.digit(character, None)
    if value is not None:
        return str(value)
    category = unicodedata.category(character)
    if character in _PAUSES or character.isspace() or category in ("Zs", "Pd"):
        return " "
    return "" if category in ("Cf", "Mn", "Me") else character


def group_digits(code: str) -> str:
    """Return a code as it is shown and read aloud: ``618 689``, with no-break spaces."""
    size = 3 if len(code) % 3 == 0 else 4 if len(code) % 4 == 0 else 3
    return "\u00a0".join(code[start : start + size] for start in range(0, len(code), size))
