"""How the console comes to the same security code as the customer's page.

Each offer of the page carries the commitment to its fresh value, the answer the console's value,
and a signal then reveals the page's (``protocol/security_code.py``). Both connections of a page,
for the picture and for files, show the same certificate, so that they have one code. It stays the
same when a connection is made anew, until the page has agreed with another console: a page knows
only its newest code, so its offers say whose that is.
"""

from __future__ import annotations

import hmac
import logging
import os
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.workspace.section.code_fields import CodeFields
from rescue_console.protocol.security_code import VALUE_BYTES, commitment, security_code

_log = logging.getLogger(__name__)


class _Exchange(NamedTuple):
    """What both sides have settled on before the page reveals its value."""

    session_id: str
    page: bytes
    console: bytes
    committed: bytes
    value: bytes


class PageCodes(QObject):
    """The codes of the pages of one session; only the newest exchange and its outcome are kept.

    Whoever sits in between could otherwise collect many, and choose.

    Signals:
        agreed: A code has been agreed on.
    """

    agreed = Signal()

    def __init__(
        self, parent: QObject | None = None, random: Callable[[int], bytes] = os.urandom
    ) -> None:
        super().__init__(parent)
        self._random = random
        self._open: _Exchange | None = None
        self._done: _Exchange | None = None
        self._code = ""

    def value_for(self, session_id: str, offer: CodeFields, console: bytes) -> str:
        """Return this side's value in hex for the answer to an offer.

        It is empty if the page knows the code already, or is of a version that knows of no codes.

        Args:
            session_id: Which session.
            offer: What goes into the code from the offer.
            console: SHA-256 of this console's certificate.
        """
        committed = _bytes_of(offer.committed)
        if committed is None:
            return ""
        done = self._done
        if done is not None and done.page == offer.page:
            if offer.agreed == console.hex():
                return ""
            if done.committed == committed:
                # Both connections were offered before there was a code.
                return done.value.hex()
            # The page has forgotten this code, and must not be compared with it.
            self._done, self._code = None, ""
        now = self._open
        if now is None or (now.page, now.committed) != (offer.page, committed):
            value = self._random(VALUE_BYTES)
            now = self._open = _Exchange(session_id, offer.page, console, committed, value)
        return now.value.hex()

    def reveal(self, revealed: str) -> None:
        """Make the code from the page's value; one that it did not commit itself to is ignored."""
        now, value = self._open, _bytes_of(revealed)
        if now is None or value is None:
            return
        made = commitment(now.session_id, now.page, value)
        if not hmac.compare_digest(made, now.committed):
            _log.warning("The page's value is not the one that it had committed itself to.")
            return
        self._open, self._done = None, now
        self._code = security_code(now.session_id, now.page, now.console, value, now.value)
        self.agreed.emit()

    def code(self, page: bytes) -> str:
        """Return the code for a connection to the page with this certificate; empty if none."""
        return self._code if self._done is not None and page == self._done.page else ""


def _bytes_of(text: str) -> bytes | None:
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    return value if len(value) == VALUE_BYTES else None
