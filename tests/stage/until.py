"""Waits for a condition of another program."""

import asyncio
from collections.abc import Callable

LOOK_EVERY_S = 0.02
WAIT_S = 30.0


async def until(holds: Callable[[], object]) -> None:
    """Return when *holds*; look again and again, for there is nobody who would tell."""
    async with asyncio.timeout(WAIT_S):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110 (other programs set no events)
            await asyncio.sleep(LOOK_EVERY_S)
