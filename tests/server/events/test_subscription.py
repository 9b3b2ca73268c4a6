"""A listener gets its events in order: at once when it can, and otherwise from its queue."""

import asyncio

from rescue_console.server.events.log import LoggedEvent
from rescue_console.server.events.stream import QUEUE_MAX, Subscription


def event(number: int) -> LoggedEvent:
    return LoggedEvent(
        number=number,
        kind="session.changed",
        group_id=None,
        technician_ids=frozenset(),
        session_id=None,
        message=b"{}",
    )


def queued(subscription: Subscription) -> list[int | None]:
    numbers: list[int | None] = []
    while not subscription.queue.empty():
        waiting = subscription.queue.get_nowait()
        numbers.append(waiting.number if waiting else None)
    return numbers


class Line:
    """Takes events while it is ``open``, as a connection does."""

    def __init__(self) -> None:
        self.open = True
        self.taken: list[int] = []

    def take(self, event: LoggedEvent) -> bool:
        if self.open:
            self.taken.append(event.number)
        return self.open


async def test_what_can_be_taken_at_once_is_not_queued() -> None:
    line = Line()
    subscription = Subscription(lambda _: True, line.take)

    subscription.offer(event(1))

    assert line.taken == [1]
    assert queued(subscription) == []


async def test_nothing_overtakes_an_event_that_had_to_be_queued() -> None:
    line = Line()
    subscription = Subscription(lambda _: True, line.take)
    line.open = False
    subscription.offer(event(1))
    line.open = True

    subscription.offer(event(2))

    assert line.taken == []
    assert queued(subscription) == [1, 2]


async def test_what_is_not_wanted_is_neither_taken_nor_queued() -> None:
    line = Line()
    subscription = Subscription(lambda event: event.number != 1, line.take)

    subscription.offer(event(1))

    assert line.taken == []
    assert queued(subscription) == []


async def test_a_listener_that_falls_too_far_behind_is_let_go_and_told_nothing_more() -> None:
    subscription = Subscription(lambda _: True)

    for number in range(1, QUEUE_MAX + 3):
        subscription.offer(event(number))

    assert subscription.too_slow
    assert queued(subscription) == [*range(1, QUEUE_MAX + 1), None]


async def test_a_listener_that_is_let_go_takes_nothing_at_once() -> None:
    line = Line()
    subscription = Subscription(lambda _: True, line.take)
    subscription.let_go()

    subscription.offer(event(1))

    assert line.taken == []
    assert await asyncio.wait_for(subscription.queue.get(), 30) is None
