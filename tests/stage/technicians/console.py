"""A technician's console without its windows, connected to a real server through a network."""

import asyncio
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rescue_console.client.account import Account, open_with_password
from rescue_console.network.errors import Unreachable
from rescue_console.network.server_address import read_address
from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.events import ChatSaid, Hello, SessionChanged
from rescue_console.protocol.requests import SendChat
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD
from tests.stage.until import WAIT_S


class Console:
    """Follows the events of one session and writes in it; use it as a context manager.

    Attributes:
        told: The chat messages in the events, in order.
        statuses: The session's statuses in the events, each change once.
        missed: How often the stream could not be resumed.
    """

    def __init__(self, url: str, session_id: str) -> None:
        self._account: Account = open_with_password(
            read_address(url), OWNER_EMAIL, OWNER_PASSWORD, None
        )
        self._session_id = session_id
        self._heard = threading.Condition()
        self._online = False
        self._loop = asyncio.new_event_loop()
        self._following: asyncio.Task[None]
        self._thread = threading.Thread(target=self._run)
        self.told: list[ChatMessage] = []
        self.statuses: list[SessionStatus] = []
        self.missed = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self.until(lambda: self._online)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._following.cancel)
        self._thread.join(WAIT_S)
        self._account.close()

    def until(self, holds: Callable[[], object]) -> None:
        """Return once *holds* is true, checking it again at every event."""
        with self._heard:
            assert self._heard.wait_for(holds, 2 * WAIT_S), (self.statuses, len(self.told))

    def say(self, text: str, key: str) -> ChatMessage:
        """Write a message, trying again until the server has answered."""
        while True:
            try:
                return self._account.api.say(self._session_id, SendChat(text=text, key=key))
            except Unreachable:
                continue

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._live())

    async def _live(self) -> None:
        self._following = asyncio.create_task(self._follow())
        await asyncio.wait([self._following])

    async def _follow(self) -> None:
        async for happening in self._account.events().follow():
            with self._heard:
                self._add(happening)
                self._heard.notify_all()

    def _add(self, happening: object) -> None:
        match happening:
            case Hello():
                self.missed += self._online and not happening.resumed
                self._online = True
            case ChatSaid():
                self.told.append(happening.message)
            case SessionChanged() if happening.session.id == self._session_id:
                status = happening.session.status
                if self.statuses[-1:] != [status]:
                    self.statuses.append(status)
            case _:
                pass
