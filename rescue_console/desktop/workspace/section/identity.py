"""What identifies this console to the customer's side in one session; made when first needed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.program.jobs import Jobs

if TYPE_CHECKING:
    from rescue_console.desktop.media.certificate import Certificate


class Identity(QObject):
    """The certificate of one session and the security code that stands for it.

    Signals:
        code_made: ``code`` is known now.
    """

    code_made = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.code = ""
        """The security code, empty until the certificate has been made."""
        self._made: Certificate | None = None
        self._making = asyncio.Lock()

    async def certificate(self) -> Certificate:
        """Return the certificate; the first call makes it on a thread in a fraction of a second."""
        async with self._making:
            if self._made is not None:
                return self._made
            made, self.code = await Jobs.in_thread(_make)
            self._made = made
            self.code_made.emit()
            return made


class Identities:
    """The identities of one sign-in: a session that is resumed keeps its security code."""

    def __init__(self) -> None:
        self._known: dict[str, Identity] = {}

    def of(self, session_id: str) -> Identity:
        """Return the identity for a session, the same one every time."""
        return self._known.setdefault(session_id, Identity())


def _make() -> tuple[Certificate, str]:
    # Loading the cryptography takes longer than a window may block.
    from rescue_console.desktop.media.certificate import make_certificate

    made = make_certificate()
    return made, made.security_code()
