"""The short code that customer and technician compare aloud, to know that nobody intercepts them.

It is a short authentication string as in ZRTP (RFC 6189, section 4.3 and 4.4.1), made from the
session, the keys of both sides and a fresh value from each. The customer's side first sends only a
**commitment** to its value; the console answers with its own; then the customer's side reveals its
value, and the console checks it against the commitment. So whoever sits in between must settle on
all that goes into both codes before knowing what comes out, and has one chance in 10^12 with each
attempt, however much they have computed before. ``docs/security-code.md`` describes all of it; the
page does the same in ``web/join/static/code.js``.
"""

import hashlib

DIGITS = 12
VALUE_BYTES = 32
"""The length of keys (SHA-256 of a certificate), fresh values and commitments."""

CODE_LABEL = "rescue-console security code 2"
COMMITMENT_LABEL = "rescue-console commitment 2"

NO_KEY = bytes(VALUE_BYTES)
"""Stands for the key of an applet, which has none: only its fresh value, sent to the holder of the
console's key alone, tells it from others."""


def commitment(session_id: str, customer: bytes, value: bytes) -> bytes:
    """Return what the customer's side sends before it reveals *value*.

    Args:
        session_id: Which session.
        customer: The key of the customer's side.
        value: Its fresh value.
    """
    return _digest(COMMITMENT_LABEL, session_id, customer, value)


def security_code(
    session_id: str,
    customer: bytes,
    console: bytes,
    customer_value: bytes,
    console_value: bytes,
) -> str:
    """Return the code, twelve digits in three groups: ``1234 5678 9012``.

    Args:
        session_id: Which session.
        customer: SHA-256 of the page's certificate, or NO_KEY for the applet.
        console: SHA-256 of the console's certificate.
        customer_value: The fresh value of the page or the applet.
        console_value: The fresh value of the console.
    """
    digest = _digest(CODE_LABEL, session_id, customer, console, customer_value, console_value)
    digits = f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"
    return " ".join(digits[start : start + 4] for start in range(0, DIGITS, 4))


def _digest(label: str, session_id: str, *values: bytes) -> bytes:
    """Return the SHA-256 of everything, where each part but the first has a fixed length."""
    if any(len(value) != VALUE_BYTES for value in values):
        raise ValueError(f"Keys and values have {VALUE_BYTES} bytes.")
    session = hashlib.sha256(session_id.encode()).digest()
    return hashlib.sha256(label.encode() + b"".join((session, *values))).digest()
