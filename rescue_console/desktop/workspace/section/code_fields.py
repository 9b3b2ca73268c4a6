"""What offers and answers carry for the security code, besides what WebRTC wants."""

import re
from typing import NamedTuple

import msgspec

from rescue_console.desktop.media.base import BadDescription
from rescue_console.protocol.unreadable import UNREADABLE

_FINGERPRINT = re.compile(r"a=fingerprint:sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})\s*", re.I)
_ANY_FINGERPRINT = re.compile(r"\s*a=fingerprint", re.I)


class CodeFields(NamedTuple):
    """What goes into the code from an offer.

    Attributes:
        page: SHA-256 of the page's certificate.
        committed: The commitment to the page's fresh value, in hex; empty for an older page.
        agreed: SHA-256 of the certificate, in hex, of the console with which the page has a code;
            empty if it has none.
    """

    page: bytes
    committed: str
    agreed: str


class _Offer(msgspec.Struct):
    sdp: str
    commit: str = ""
    agreed: str = ""


def read_code_fields(offer: str) -> CodeFields:
    """Return what goes into the security code from *offer*.

    Raises:
        BadDescription: it cannot be read, or does not announce exactly one certificate.
    """
    try:
        read = msgspec.json.decode(offer, type=_Offer)
    except UNREADABLE as error:
        raise BadDescription("The offer cannot be read.") from error
    return CodeFields(_fingerprint_of(read.sdp), read.commit, read.agreed)


def add_value(answer: str, value: str) -> str:
    """Return *answer* with the console's fresh value, in hex; unchanged if there is none."""
    if not value:
        return answer
    fields: dict[str, str] = msgspec.json.decode(answer, type=dict[str, str])
    return msgspec.json.encode(fields | {"value": value}).decode()


def _fingerprint_of(sdp: str) -> bytes:
    """Return the only fingerprint: of several, it would not be sure which one DTLS accepts."""
    lines = [line for line in sdp.splitlines() if _ANY_FINGERPRINT.match(line)]
    matches = [_FINGERPRINT.fullmatch(line) for line in lines]
    found = {match[1].lower() if match else "" for match in matches}
    only = next(iter(found), "")
    if len(found) != 1 or not only:
        raise BadDescription("The offer does not announce exactly one certificate.")
    return bytes.fromhex(only.replace(":", ""))
