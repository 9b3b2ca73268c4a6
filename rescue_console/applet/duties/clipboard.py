"""The clipboard's text, both ways, as long as the customer allows it."""

import asyncio
from collections.abc import Awaitable, Callable

from rescue_console.applet.consent.duty import Duty, Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.protocol import channel
from rescue_console.protocol.channel import TEXT_MAX, ClipboardChanged, FromConsole
from rescue_console.protocol.powers import Power

LOOK_EVERY_S = 0.7


class Clipboard(Duty):
    """Sends what the customer copies, and puts what the technician copies on the clipboard.

    Args:
        read: Returns the clipboard's text; empty when it holds none.
        write: Puts a text on the clipboard.
    """

    takes = frozenset({channel.ClipboardChanged, channel.ClipboardWanted})

    def __init__(
        self,
        read: Callable[[], Awaitable[str]],
        write: Callable[[str], None],
        grants: Grants,
        post: Post,
    ) -> None:
        self._read = read
        self._write = write
        self._grants = grants
        self._post = post
        self._known: str | None = None
        self._watching: asyncio.Task[None] | None = None

    async def do(self, message: FromConsole) -> None:
        """Put a received text on the clipboard, or send what the clipboard holds."""
        match message:
            case ClipboardChanged():
                self._write(message.text)
                # The system may return other line ends; that is no change to send.
                self._known = await self._read()
            case channel.ClipboardWanted():
                self._known = await self._read()
                self._tell(self._known)

    async def begin(self) -> None:
        """Look for changes while the channel is open."""
        self._watching = asyncio.create_task(self._watch())

    async def end(self) -> None:
        """Stop looking for changes."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
            self._watching = None

    async def _watch(self) -> None:
        while True:
            if not self._grants.has(Power.CLIPBOARD):
                # What was copied before the customer allowed this is sent only on request.
                self._known = None
            else:
                text = await self._read()
                if self._known is not None and text and text != self._known:
                    self._tell(text)
                self._known = text
            await asyncio.sleep(LOOK_EVERY_S)

    def _tell(self, text: str) -> None:
        if len(text) <= TEXT_MAX and self._grants.has(Power.CLIPBOARD):
            self._post(ClipboardChanged(text=text))
