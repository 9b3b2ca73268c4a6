"""Answers the page's offers on its own thread; each connection replaces the one before."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from rescue_console.desktop.media.answering import AnsweringConnection
from rescue_console.desktop.media.base import Answerer
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.media_thread import MediaThread
from rescue_console.desktop.media.relays import Ways, find_ways
from rescue_console.protocol.answers import IceServer

C = TypeVar("C", bound=AnsweringConnection)


class ThreadedAnswerer(Answerer, Generic[C]):
    """Has at most one connection; its methods are called from the windows' loop."""

    def __init__(self, certificate: Certificate) -> None:
        self._certificate = certificate
        self._thread = MediaThread()
        self._connection: C | None = None

    async def connect(self, connection: int, offer: str, servers: Sequence[IceServer]) -> str:
        """Answer an offer; this ends the previous connection."""
        return await self._thread.run(self._connect(connection, offer, servers))

    async def add_candidate(self, candidate: str) -> None:
        """Add one of the page's candidates."""
        await self._thread.run(self._add_candidate(candidate))

    async def disconnect(self) -> None:
        """End the connection, if there is one."""
        await self._thread.run(self._disconnect())

    async def aclose(self) -> None:
        """End everything; it cannot be used afterwards."""
        try:
            await self.disconnect()
        finally:
            await self._thread.stop()

    # On its thread

    @abstractmethod
    def _open(self, number: int, ways: Ways) -> C:
        """Return a new connection that reports its events under this *number*."""

    async def _connect(self, number: int, offer: str, servers: Sequence[IceServer]) -> str:
        await self._disconnect()
        self._connection = self._open(number, await find_ways(servers))
        return await self._connection.answer(offer)

    async def _add_candidate(self, candidate: str) -> None:
        if self._connection is not None:
            await self._connection.add_candidate(candidate)

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
