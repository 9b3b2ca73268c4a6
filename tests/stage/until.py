"""Waits for conditions that no event announces, for tests, benchmarks and the tour."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

T = TypeVar("T")

LOOK_EVERY_S = 0.02
WAIT_S = 30.0
"""How long anything may take on a busy machine before it counts as broken."""
WAIT_MS = int(WAIT_S * 1000)


async def until(holds: Callable[[], object]) -> None:
    """Return when *holds* is true; it runs in a thread, so it may block to ask another program."""
    async with asyncio.timeout(WAIT_S):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110 (other programs set no events)
            await asyncio.sleep(LOOK_EVERY_S)


async def until_here(
    holds: Callable[[], object],
    *,
    within_s: float = WAIT_S,
    look_every_s: float = LOOK_EVERY_S,
    news: asyncio.Event | None = None,
) -> None:
    """Return when *holds* is true; it is checked in the loop's own thread, as widgets require.

    Args:
        news: Whoever changes something sets this event, and *holds* is checked again immediately.

    Raises:
        TimeoutError: *holds* did not become true within *within_s* seconds.
    """
    news = news or asyncio.Event()
    async with asyncio.timeout(within_s):
        while not holds():
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), look_every_s)
            news.clear()


def wait_until(look: Callable[[], T], *, within_s: float = WAIT_S) -> T:
    """Call *look* until it returns something true, and return that; for code without a loop.

    Raises:
        TimeoutError: it returned nothing true for *within_s* seconds.
    """
    end = time.monotonic() + within_s
    while not (found := look()):
        if time.monotonic() > end:
            raise TimeoutError(f"{look} returned nothing in time")
        time.sleep(LOOK_EVERY_S)
    return found


def turn_until(qtbot: "QtBot", holds: Callable[[], object], *, within_s: float = WAIT_S) -> None:
    """Return when *holds* is true, running Qt's loop meanwhile."""
    qtbot.waitUntil(lambda: bool(holds()), timeout=int(within_s * 1000))
