"""The event stream hands every event to those who want it, in order, and lets slow ones go."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from rescue_console.server.events.log import LoggedEvent, tell_me
from rescue_console.server.events.stream import QUEUE_MAX, EventStream, Subscription
from rescue_console.server.parts import Parts
from tests.stage.rules.workplace import Workplace
from tests.stage.until import WAIT_S


def anything(_event: LoggedEvent) -> bool:
    return True


def event(number: int) -> LoggedEvent:
    return LoggedEvent(
        number=number,
        kind="me.changed",
        group_id=None,
        technician_ids=frozenset(),
        session_id=None,
        message=b"{}",
    )


@pytest.fixture
async def stream(parts: Parts) -> AsyncIterator[EventStream]:
    await parts.stream.start(parts.clock())
    following = asyncio.create_task(parts.stream.follow())
    yield parts.stream
    following.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await following


async def take(subscription: Subscription, count: int) -> list[LoggedEvent]:
    taken = []
    for _ in range(count):
        got = await asyncio.wait_for(subscription.queue.get(), WAIT_S)
        assert got is not None
        taken.append(got)
    return taken


async def test_a_listener_gets_what_it_wants_in_order(work: Workplace, stream: EventStream) -> None:
    async with (
        stream.subscribe(anything) as everything,
        stream.subscribe(lambda told: told.kind == "me.changed") as some,
    ):
        assert stream.listeners == 2
        session = await work.create()
        await work.set_group("North", settings={"idle_minutes": 9})
        await work.parts.sessions.close(await work.caller("nora"), session.id)
        kinds = [told.kind for told in await take(everything, 3)]
        assert kinds == ["session.changed", "me.changed", "session.changed"]
        assert [told.kind for told in await take(some, 1)] == ["me.changed"]
        assert some.queue.empty()
    assert stream.listeners == 0


async def test_earlier_events_are_not_told_again(work: Workplace, stream: EventStream) -> None:
    assert stream.number == await work.event_number()
    async with stream.subscribe(anything) as listener:
        await work.create()
        [told] = await take(listener, 1)
        assert told.number == await work.event_number()


async def test_another_nodes_events_arrive_when_this_node_is_woken(
    stream: EventStream, work: Workplace, other_node: Parts
) -> None:
    async with stream.subscribe(anything) as listener:
        async with other_node.database.write() as connection:
            await tell_me(connection, work.clock.now, technician_ids=["somebody"])
        stream.wake()
        [told] = await take(listener, 1)
        assert told.technician_ids == {"somebody"}


async def test_a_commit_here_is_passed_on_to_other_nodes(
    stream: EventStream, work: Workplace
) -> None:
    told = asyncio.Event()
    stream.on_local_poke(told.set)
    stream.wake()
    assert not told.is_set()
    await work.create()
    assert told.is_set()


def test_a_listener_that_is_too_far_behind_gets_what_is_queued_and_is_let_go() -> None:
    listener = Subscription(anything)
    for number in range(QUEUE_MAX + 10):
        listener.offer(event(number))
    assert listener.too_slow
    got = [listener.queue.get_nowait() for _ in range(QUEUE_MAX + 1)]
    assert got[-1] is None
    assert [told.number for told in got[:-1] if told] == list(range(QUEUE_MAX))
    assert listener.queue.empty()


async def test_nobody_is_called_slow_when_the_server_stops(parts: Parts) -> None:
    async with parts.stream.subscribe(anything) as listener:
        parts.stream.let_go()
        parts.stream.let_go()
        assert listener.queue.get_nowait() is None
        assert listener.queue.empty()
        assert not listener.too_slow
        listener.offer(event(1))
        assert listener.queue.empty()


def test_a_listener_with_a_full_queue_still_learns_that_the_server_stops() -> None:
    listener = Subscription(anything)
    for number in range(QUEUE_MAX):
        listener.offer(event(number))
    listener.let_go()
    assert not listener.too_slow
    assert listener.queue.qsize() == QUEUE_MAX + 1


async def test_catching_up_never_goes_beyond_what_it_was_told_to_look_at(work: Workplace) -> None:
    stream, start = work.parts.stream, await work.event_number()
    wanted = start + 350
    async with work.parts.database.write() as connection:
        for _ in range(600):
            await tell_me(connection, work.clock.now, technician_ids=["somebody"])

    def wants(told: LoggedEvent) -> bool:
        return told.number == wanted

    # The batch reaches further than that, up to events that may still be wanted.
    assert await stream.catch_up(start, start + 300, wants) == (start + 300, [])
    number, found = await stream.catch_up(start + 300, start + 600, wants)
    assert (number, [told.number for told in found]) == (start + 600, [wanted])
