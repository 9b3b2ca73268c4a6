"""The applet's end of the channel: greets, hands messages to duties, drops what is not granted."""

import asyncio
import contextlib
import logging
import platform
import ssl
from collections.abc import Callable, Sequence
from typing import Any

from rescue_console.applet.consent.duty import POWERS_FOR, Duty
from rescue_console.applet.consent.grants import Grants
from rescue_console.peer.channel_codes import ChannelCodes
from rescue_console.peer.relay import (
    PeerCame,
    PeerGone,
    RelayConnection,
    RelayRefused,
    RelayRoute,
)
from rescue_console.peer.secure_channel import NotTheConsole, applet_tls
from rescue_console.protocol.channel import (
    ChannelBroken,
    FromConsole,
    Greeting,
    Message,
    Screen,
    ScreensChanged,
)
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance

LOOK_AT_SCREENS_EVERY_S = 2.0

NEW_CONSOLE_TELLS_WITHIN_S = 6.0
"""Seconds in which a restarted console announces its new certificate.

It does so when it connects to the relay and again after four seconds. The announcement comes by the
server, and so may arrive after the console's first bytes on the relay.
"""

_log = logging.getLogger(__name__)


class ConsoleChannel:
    """The channel to the console whose certificate is pinned; one at a time.

    Args:
        screens: Returns the screens as they are now.
        changed: Called whenever ``connected`` or ``betrayed`` has changed.
    """

    def __init__(
        self,
        route: RelayRoute,
        grants: Grants,
        screens: Callable[[], list[Screen]],
        changed: Callable[[], None],
    ) -> None:
        self._route = route
        self._grants = grants
        self._screens = screens
        self._changed = changed
        self._tls: ssl.SSLContext = applet_tls()
        self._duties: list[Duty] = []
        self._relay: RelayConnection[Any] | None = None
        self._running: asyncio.Task[None] | None = None
        self.why_not: ControlHindrance | None = None
        """Why mouse and keyboard cannot be controlled; None when they can."""
        self.no_attention: AttentionHindrance | None = None
        """Why Ctrl-Alt-Del cannot be pressed; None when it can."""
        self.pin = b""
        self.connected = False
        self.code = ""
        """The security code; empty without a channel, and with a console that cannot agree on
        one."""
        self._codes = ChannelCodes()
        self.betrayed = False
        """Whether somebody else's certificate was shown instead of the technician's."""

    def employ(self, duties: Sequence[Duty]) -> None:
        """Hand messages to *duties* from now on."""
        self._duties = [*duties]

    def post(self, message: Message) -> None:
        """Send *message* without waiting; drop it when there is no channel."""
        if self._relay is not None:
            with contextlib.suppress(ChannelBroken):
                self._relay.post(message)

    async def send(self, message: Message) -> None:
        """Send *message* when there is room; drop it when there is no channel."""
        if self._relay is not None:
            await self._relay.send(message)

    async def open(self, pin: bytes) -> None:
        """Open the channel to the console whose certificate has the SHA-256 *pin*.

        A channel that is already open, or opening, for this certificate is kept.
        """
        if pin == self.pin and self._running is not None and not self._running.done():
            return
        await self.close()
        self.pin, self.betrayed = pin, False
        self._relay = RelayConnection(
            self._route,
            self._tls,
            server_side=False,
            pin=pin,
            kinds=FromConsole,
            codes=self._codes,
        )
        self._running = asyncio.create_task(self._run(self._relay))

    async def close(self) -> None:
        """Close the channel, if there is one."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self._running = None
        self._relay = None

    async def _run(self, relay: RelayConnection[FromConsole]) -> None:
        looking: asyncio.Task[None] | None = None
        try:
            async with contextlib.aclosing(relay.follow()) as happenings:
                async for happening in happenings:
                    match happening:
                        case PeerCame(code=code):
                            self.code = code
                            looking = asyncio.create_task(self._greet())
                            await self._begin()
                        case PeerGone():
                            await self._end(looking)
                            looking = None
                        case _:
                            await self._hand_out(happening)
        except NotTheConsole:
            # No message has passed, and none will. Opening the channel for a new certificate
            # cancels this wait.
            await asyncio.sleep(NEW_CONSOLE_TELLS_WITHIN_S)
            _log.warning("The channel was refused: the certificate is not the technician's.")
            self.betrayed = True
            self._changed()
        except RelayRefused:
            _log.info("The relay is closed for this session.")
        finally:
            await self._end(looking)

    async def _begin(self) -> None:
        for duty in self._duties:
            await duty.begin()
        self.connected = True
        self._changed()

    async def _end(self, looking: "asyncio.Task[None] | None") -> None:
        if looking is not None:
            looking.cancel()
        if self.connected:
            self.connected, self.code = False, ""
            for duty in self._duties:
                await duty.end()
            self._changed()

    async def _greet(self) -> None:
        """Greet the console, then tell it whenever the screens change."""
        known = self._screens()
        self.post(
            Greeting.of(
                platform.system()[:255],
                platform.release()[:255],
                known,
                self.why_not,
                self.no_attention,
            )
        )
        while True:
            await asyncio.sleep(LOOK_AT_SCREENS_EVERY_S)
            screens = self._screens()
            if screens != known:
                known = screens
                self.post(ScreensChanged(screens=screens))

    async def _hand_out(self, message: FromConsole) -> None:
        kind = type(message)
        if not self._grants.has_any(POWERS_FOR[kind]):
            return
        for duty in self._duties:
            if kind in duty.takes:
                await duty.do(message)
