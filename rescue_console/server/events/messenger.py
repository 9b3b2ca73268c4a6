"""Carries "something was committed" from node to node through Redis.

Only the fact travels: what was committed is read from the database. A lost message costs time, not
events, since every node also checks the database by itself every LOOK_S.
"""

import asyncio
import logging

from redis.asyncio import Redis
from redis.exceptions import RedisError

from rescue_console.server.events.stream import EventStream

CHANNEL = "rescue-console:committed"
LOOK_S = 5.0
_log = logging.getLogger(__name__)


class Messenger:
    """Links this node's event stream with those of other nodes; run ``run`` as a task."""

    def __init__(self, url: str, stream: EventStream) -> None:
        self._redis: Redis = Redis.from_url(url)
        self._stream = stream
        self._committed = asyncio.Event()
        stream.on_local_poke(self._committed.set)

    async def run(self) -> None:
        """Tell and listen until cancelled; also check the database every LOOK_S."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tell())
            tasks.create_task(self._listen())
            tasks.create_task(self._look())

    async def close(self) -> None:
        """Close the connections to Redis."""
        await self._redis.aclose()

    async def _tell(self) -> None:
        while True:
            await self._committed.wait()
            self._committed.clear()
            try:
                await self._redis.publish(CHANNEL, b"")
            except RedisError:
                _log.warning("Redis did not accept a message; other nodes will notice later.")

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(CHANNEL)
                    async for _ in subscription.listen():
                        self._stream.wake()
            except RedisError:
                _log.warning("Redis is away; checking the database every %s s.", LOOK_S)
            await asyncio.sleep(LOOK_S)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            self._stream.wake()
