"""Waits for what no event announces: the one way in which tests, benchmarks and the tour do so."""

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
    """Return when *holds*, which may take its time: another program is asked in a thread."""
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
    """Return when *holds*, looked at in the loop's own thread, as widgets demand.

    Args:
        news: Set by whoever changes something: it is looked at once more at once.

    Raises:
        TimeoutError: it did not hold within *within_s* seconds.
    """
    news = news or asyncio.Event()
    async with asyncio.timeout(within_s):
        while not holds():
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), look_every_s)
            news.clear()


def wait_until(look: Callable[[], T], *, within_s: float = WAIT_S) -> T:
    """Return what *look* returns once that is something; for where there is no loop.

    Raises:
        TimeoutError: it was nothing for *within_s* seconds.
    """
    end = time.monotonic() + within_s
    while not (found := look()):
        if time.monotonic() > end:
            raise TimeoutError(f"nothing came of {look}")
        time.sleep(LOOK_EVERY_S)
    return found


def turn_until(qtbot: "QtBot", holds: Callable[[], object], *, within_s: float = WAIT_S) -> None:
    """Return when *holds*, turning Qt's loop meanwhile."""
    qtbot.waitUntil(lambda: bool(holds()), timeout=int(within_s * 1000))
