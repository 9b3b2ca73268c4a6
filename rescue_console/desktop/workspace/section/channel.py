"""The console's end of the channel to the applet, shared by the sections of a workspace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.section.link import Link
from rescue_console.network.errors import ClientError, SignedOut
from rescue_console.peer.relay import (
    PeerCame,
    PeerGone,
    RelayConnection,
    RelayRefused,
    RelayRoute,
    RelayTakenOver,
)
from rescue_console.protocol.channel import ChannelBroken, FromApplet, Message
from rescue_console.protocol.powers import STANDING, Power
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import APPLET_LINKED

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.workspace.section.identity import Identity
    from rescue_console.desktop.workspace.section.situation import Situation
    from rescue_console.protocol.answers import Session

CALL_AGAIN_S = 4.0
"""Seconds after which an applet that is not on the channel is called again."""

REFUSED_PAUSE_S = 5.0
"""Seconds before a relay that refused is tried again: the session may have become active again."""

_log = logging.getLogger(__name__)


class Channel(Link):
    """Opens the channel while the applet is there and one of its powers is asked for or granted.

    ``received`` carries a message of ``protocol.channel.FromApplet``.

    Attributes:
        code: The security code, which the applet shows, too; empty while the channel is closed, and
            for an applet of a version that cannot agree on one.

    Args:
        route: Returns the route to the relay for a session's id.
    """

    def __init__(
        self,
        situation: Situation,
        calls: Calls,
        identity: Identity,
        route: Callable[[str], RelayRoute],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._situation = situation
        self._session_id = situation.session.id
        self._calls = calls
        self._identity = identity
        self._route = route
        self._following: asyncio.Task[None] | None = None
        self._calling: asyncio.Task[None] | None = None
        self._relay: RelayConnection[FromApplet] | None = None
        self.code = ""
        situation.session_changed.connect(self._follow_session)
        self._follow_session()

    def _follow_session(self) -> None:
        """Open or close the channel as the session's newest state requires."""
        here = self._situation.elsewhere is None
        if here and _needs_channel(self._situation.session):
            if _is_over(self._following):
                self._following = self._jobs.start(self._keep_following(), "channel to the applet")
            if _is_over(self._calling):
                self._calling = self._jobs.start(self._keep_calling(), "call the applet")
        else:
            self._end()

    def post(self, message: Message) -> None:
        """Send *message* without waiting; dropped while the channel is not open."""
        if self._relay is not None and self.is_open:
            try:
                self._relay.post(message)
            except ChannelBroken as error:
                _log.warning("A message to the applet was not sent: %s", error)

    async def send(self, message: Message) -> None:
        """Send *message* when there is room; dropped while the channel is not open.

        Raises:
            ChannelBroken: the message is too large.
        """
        if self._relay is not None and self.is_open:
            await self._relay.send(message)

    async def aclose(self) -> None:
        """End the channel."""
        self._end()
        await self._jobs.aclose()

    def _end(self) -> None:
        for task in (self._following, self._calling):
            if task is not None:
                task.cancel()
        self._following = self._calling = None
        self._relay = None
        self._set_open(open_now=False)

    async def _keep_following(self) -> None:
        certificate = await self._identity.certificate()
        tls = await Jobs.in_thread(certificate.tls)
        while True:
            relay: RelayConnection[FromApplet] = RelayConnection(
                self._route(self._session_id),
                tls,
                server_side=True,
                pin=None,
                kinds=FromApplet,
                own=certificate.fingerprint,
                codes=self._identity.channel_codes,
            )
            self._relay = relay
            try:
                await self._follow(relay)
            except RelayTakenOver:
                # The session's news, which says so too, may still be on its way.
                _log.info("Another console of this technician has the relay to the applet.")
                return
            except RelayRefused as error:
                _log.info("The relay to the applet refused: %s", error)
            except SignedOut:
                return
            finally:
                if relay is self._relay:
                    self._set_open(open_now=False)
            await asyncio.sleep(REFUSED_PAUSE_S)

    async def _follow(self, relay: RelayConnection[FromApplet]) -> None:
        async for happening in relay.follow():
            match happening:
                case PeerCame(code=code):
                    self.code = code
                    self._set_open(open_now=True)
                case PeerGone():
                    self._set_open(open_now=False)
                case _:
                    self.received.emit(happening)

    async def _keep_calling(self) -> None:
        """Keep telling the applet this console's fingerprint until it opens its end of the channel.

        The applet may have just started, or have come back after a loss.
        """
        certificate = await self._identity.certificate()
        request = SendSignal(kind=SignalKind.RELAY_READY, body=certificate.fingerprint.hex())
        while True:
            if not self.is_open:
                try:
                    await self._calls.send_signal(self._session_id, request)
                except SignedOut:
                    return
                except ClientError as error:
                    _log.info("The applet could not be called: %s", error)
            await asyncio.sleep(CALL_AGAIN_S)


def _is_over(task: asyncio.Task[None] | None) -> bool:
    return task is None or task.done()


def _needs_channel(session: Session) -> bool:
    wanted = any(
        power is not Power.VIEW and consent in STANDING
        for power, consent in session.consents.items()
    )
    return session.applet and wanted and session.status in APPLET_LINKED
