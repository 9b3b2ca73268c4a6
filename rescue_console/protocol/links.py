"""The link that a customer clicks: built and read in one place, because mails keep it forever."""

import re
from urllib.parse import urlencode

from msgspec import Struct

LINK_PATH = "/Customer/Code.aspx"
_CODE = re.compile(r"[0-9]{6,12}\Z", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{22}\Z")


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
    """Return the digits of a PIN that a person typed, else ``None``.

    Spaces, dots and dashes between the digits are allowed.
    """
    digits = re.sub(r"[\s.\-\u00a0\u202f]", "", typed[:64])
    return digits if _CODE.match(digits) else None


def group_digits(code: str) -> str:
    """Return a code as it is shown and read aloud: ``618 689``, with no-break spaces."""
    size = 3 if len(code) % 3 == 0 else 4 if len(code) % 4 == 0 else 3
    return "\u00a0".join(code[start : start + size] for start in range(0, len(code), size))
