"""Waits for what an event stream says."""

import asyncio
from collections.abc import AsyncGenerator
from typing import TypeVar

from rescue_console.client.events import Happening
from tests.stage.until import WAIT_S

T = TypeVar("T")


async def next_of(follow: AsyncGenerator[Happening, None], kind: type[T]) -> T:
    """Return the next happening of *kind*, skipping others."""
    async with asyncio.timeout(2 * WAIT_S):
        async for happening in follow:
            if isinstance(happening, kind):
                return happening
    raise AssertionError("the stream has ended")
