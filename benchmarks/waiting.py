"""Waits for something that no event announces."""

import asyncio
from collections.abc import Callable

LOOK_EVERY_S = 0.002


async def until(holds: Callable[[], object], within_s: float = 60.0) -> None:
    """Return once *holds* is true.

    Raises:
        TimeoutError: it was not within *within_s* seconds.
    """
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110 (a benchmark may look again and again)
            await asyncio.sleep(LOOK_EVERY_S)
