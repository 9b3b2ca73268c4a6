"""Requests that are held until there is news, for those whose network lets no WebSocket through."""

import asyncio

from litestar.types import Receive

from rescue_console.server.events.log import LoggedEvent
from rescue_console.server.events.stream import Subscription

ANSWER_MAX = 1_000_000
"""How many bytes of events one answer holds; whoever reads it asks again for the rest."""


async def wait_for_news(
    receive: Receive, subscription: Subscription, after: int, within_s: float
) -> list[LoggedEvent]:
    """Return the events numbered above *after* as soon as there is one, and all that are there.

    Returns:
        None of them when *within_s* seconds have passed, when the server stops, and when whoever
        has asked is gone.
    """
    loop = asyncio.get_running_loop()
    end_s = loop.time() + within_s
    leaving = asyncio.create_task(_until_gone(receive))
    try:
        while (left_s := end_s - loop.time()) > 0:
            waiting = asyncio.create_task(subscription.queue.get())
            try:
                await asyncio.wait(
                    (waiting, leaving), timeout=left_s, return_when=asyncio.FIRST_COMPLETED
                )
                first = waiting.result() if waiting.done() else None
            finally:
                waiting.cancel()
            if first is None:
                return []
            if first.number > after:
                return [first, *_at_hand(subscription)]
        return []
    finally:
        leaving.cancel()


def as_many_as_fit(events: list[LoggedEvent]) -> list[LoggedEvent]:
    """Return the first of the events, as many as one answer holds, but at least one."""
    size = 0
    for place, event in enumerate(events):
        size += len(event.message)
        if place and size > ANSWER_MAX:
            return events[:place]
    return events


def _at_hand(subscription: Subscription) -> list[LoggedEvent]:
    """Return what waits in the queue."""
    found = []
    while not subscription.queue.empty():
        event = subscription.queue.get_nowait()
        if event is not None:
            found.append(event)
    return found


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
