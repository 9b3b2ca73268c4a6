"""The queue of messages to be sent into the channel, so that reading never waits for sending.

If each side read on only after its own messages were sent, both would wait forever as soon as the
connection between them was full. So a task that reads puts its answers here with ``post``, which
never waits; a task that produces many messages uses ``send``, which waits for room.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from rescue_console.protocol.channel import ChannelBroken

ROOM_BYTES = 1 << 20
"""``send`` waits until fewer bytes than this are waiting."""

MOST_BYTES = 16 << 20
"""``post`` fails when more bytes than this are waiting: the other side does not read."""


class Outbox:
    """Packed messages on their way out; used within one loop."""

    def __init__(self) -> None:
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._changed = asyncio.Condition()
        self._filled = asyncio.Event()

    def post(self, packed: bytes) -> None:
        """Add *packed* without waiting.

        Raises:
            ChannelBroken: too much is waiting already.
        """
        if self._size > MOST_BYTES:
            raise ChannelBroken("The other side does not read what is sent to it.")
        self._waiting.append(packed)
        self._size += len(packed)
        self._filled.set()

    async def send(self, packed: bytes) -> None:
        """Add *packed* as soon as there is room."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._size < ROOM_BYTES)
            self.post(packed)

    async def pour(self, write: Callable[[bytes], Awaitable[None]]) -> None:
        """Pass everything to *write*, in order, forever."""
        while True:
            await self._filled.wait()
            while self._waiting:
                packed = self._waiting.popleft()
                try:
                    await write(packed)
                finally:
                    async with self._changed:
                        self._size -= len(packed)
                        self._changed.notify_all()
            self._filled.clear()

    async def empty(self) -> None:
        """Drop all waiting messages: the peer that they were meant for has gone."""
        async with self._changed:
            self._waiting.clear()
            self._size = 0
            self._filled.clear()
            self._changed.notify_all()
