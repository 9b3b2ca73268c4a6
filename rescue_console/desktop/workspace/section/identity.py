"""What identifies this console to the customer's side in one session; made when first needed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.section.page_codes import PageCodes
from rescue_console.peer.channel_codes import ChannelCodes

if TYPE_CHECKING:
    from rescue_console.desktop.media.certificate import Certificate


class Identity:
    """The certificate of one session, and what is kept of its security codes.

    Attributes:
        page_codes: How this console and the customer's page agree on a code.
        channel_codes: The same for the applet.
    """

    def __init__(self) -> None:
        self.page_codes = PageCodes()
        self.channel_codes = ChannelCodes()
        self._made: Certificate | None = None
        self._making = asyncio.Lock()

    async def certificate(self) -> Certificate:
        """Return the certificate; the first call makes it on a thread in a fraction of a second."""
        async with self._making:
            if self._made is None:
                self._made = await Jobs.in_thread(_make)
            return self._made


class Identities:
    """The identities of one sign-in: a session that is resumed keeps its security codes."""

    def __init__(self) -> None:
        self._known: dict[str, Identity] = {}

    def of(self, session_id: str) -> Identity:
        """Return the identity for a session, the same one every time."""
        return self._known.setdefault(session_id, Identity())


def _make() -> Certificate:
    # Loading the cryptography takes longer than a window may block.
    from rescue_console.desktop.media.certificate import make_certificate

    return make_certificate()
