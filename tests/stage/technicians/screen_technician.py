"""A technician: the console's real screen section, connected to a real server."""

import asyncio
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage

from rescue_console.client.account import Account, open_with_password
from rescue_console.client.server_clock import ServerClock
from rescue_console.desktop.link.calls import ApiCalls
from rescue_console.desktop.link.connection import Connection, LinkState
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.screen.pane import ScreenPane
from rescue_console.desktop.workspace.section.channel import Channel
from rescue_console.desktop.workspace.section.identity import Identity
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.network.errors import ClientError
from rescue_console.network.server_address import read_address
from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import Power
from rescue_console.protocol.signals import Signal
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD


class Technician(QObject):
    """One console with the screen section of one session, connected as its workspace does it."""

    def __init__(self, url: str, session_id: str) -> None:
        super().__init__()
        self.account: Account = open_with_password(
            read_address(url), OWNER_EMAIL, OWNER_PASSWORD, None
        )
        self.standing = Standing(self.account.me, parent=self)
        session = self.account.api.session(session_id)
        self.situation = Situation(session, self.standing, self)
        self.calls = ApiCalls(self.account.api)
        self.identity = Identity()
        self.channel = Channel(self.situation, self.calls, self.identity, self.account.relay_route)
        self.pane = ScreenPane(self.situation, self.calls, self.identity, self.channel)
        self.connection = Connection(
            self.account.api,
            self.account.events(),
            ServerClock(),
            self._known,
            lambda: [session_id],
        )
        self._tasks: list[asyncio.Task[Any]] = []
        self._join()

    def _join(self) -> None:
        self.connection.changes.connect(self._on_changes)
        self.connection.signal_sent.connect(self._on_signal)
        self.connection.state_changed.connect(self._on_link)
        self.pane.power_wanted.connect(self.ask)
        self.pane.power_dropped.connect(self.drop)
        self.pane.resize(900, 700)
        self.pane.show()
        self.connection.start()

    @property
    def session(self) -> Session:
        return self.situation.session

    def _on_link(self, state: LinkState) -> None:
        self.standing.online = state is LinkState.ONLINE

    def _known(self, session_id: str) -> Session | None:
        return self.session if session_id == self.session.id else None

    def _on_changes(self, changed: list[Session], removed: list[str]) -> None:
        for session in changed:
            if session.id == self.session.id:
                self.situation.update(session)

    def _on_signal(self, session_id: str, signal: Signal) -> None:
        if session_id == self.session.id:
            self.pane.on_signal(signal)

    def ask(self, power: Power) -> None:
        self._start(self.calls.ask_power(self.session.id, power))

    def drop(self, power: Power) -> None:
        self._start(self.calls.drop_power(self.session.id, power))

    def _start(self, work: Any) -> None:
        async def run() -> None:
            try:
                await work
            except ClientError as error:
                raise AssertionError(str(error)) from error

        self._tasks.append(asyncio.get_running_loop().create_task(run()))

    def colour_at(self, x: float, y: float) -> tuple[int, int, int]:
        """Return the colour painted at a place given as fractions of the picture."""
        area = self.pane.ui.area
        place = area.place()
        image: QImage = area.grab().toImage()
        colour = QColor(
            image.pixel(
                int(place.left() + x * (place.width() - 1)),
                int(place.top() + y * (place.height() - 1)),
            )
        )
        return colour.red(), colour.green(), colour.blue()

    async def aclose(self) -> None:
        await asyncio.gather(*self._tasks)
        self.pane.close()
        await self.pane.aclose()
        await self.channel.aclose()
        await self.connection.aclose()
        self.account.close()
