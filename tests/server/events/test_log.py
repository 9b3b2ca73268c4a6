"""The event log: numbers that only grow, whatever is forgotten or rolled back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from rescue_console.protocol.customer import CustomerSignals
from rescue_console.protocol.powers import Power
from rescue_console.protocol.signals import SignalKind
from rescue_console.server.events.log import (
    KEPT,
    SIGNALS_KEPT,
    read_after,
    tell_me,
)
from rescue_console.server.storage.numbers import first_number
from rescue_console.server.storage.tables import events
from tests.stage.rules.workplace import Workplace


async def tell(work: Workplace, count: int = 1) -> None:
    for _ in range(count):
        async with work.parts.database.write() as connection:
            await tell_me(connection, work.clock.now, technician_ids=["somebody"])


async def count(work: Workplace) -> int:
    async with work.parts.database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(events))).scalar_one()


async def test_events_above_a_number_are_read_in_order(work: Workplace) -> None:
    before = await work.event_number()
    await tell(work, 5)
    async with work.parts.database.read() as connection:
        first = await read_after(connection, before, 3)
        rest = await read_after(connection, first[-1].number, 3)
    numbers = [event.number for event in first + rest]
    assert len(numbers) == 5
    assert numbers == sorted(numbers)
    assert await work.event_number() == numbers[-1]


async def test_old_events_are_forgotten_and_the_count_goes_on(work: Workplace) -> None:
    await tell(work, 3)
    last = await work.event_number()
    work.clock.advance(seconds=KEPT.total_seconds() + 1)
    await work.parts.timers.tidy()
    assert await count(work) == 1
    assert await work.event_number() == last
    async with work.parts.database.read() as connection:
        assert await first_number(connection) == last
    await tell(work)
    assert await work.event_number() > last
    work.clock.advance(seconds=KEPT.total_seconds() + 1)
    await tell(work)
    await work.parts.timers.tidy()
    assert await count(work) == 1


async def test_events_are_kept_for_three_days(work: Workplace) -> None:
    await work.parts.timers.tidy()
    await tell(work)
    kept = await count(work)
    work.clock.advance(seconds=timedelta(days=3).total_seconds())
    await work.parts.timers.tidy()
    assert await count(work) == kept


async def test_signals_are_forgotten_after_five_minutes(work: Workplace) -> None:
    session, _ = await work.active("nora")
    signal = CustomerSignals(signal=SignalKind.CANDIDATE)
    await work.parts.powers.ask(await work.caller("nora"), session.id, Power.VIEW)
    await work.parts.helping.signalled(session.id, signal)
    await tell(work)
    told = await count(work)
    work.clock.advance(seconds=SIGNALS_KEPT.total_seconds() - 1)
    await work.parts.timers.tidy()
    assert await count(work) == told
    work.clock.advance(seconds=2)
    await work.parts.timers.tidy()
    assert await count(work) == told - 1


async def test_a_change_that_is_rolled_back_is_never_told(work: Workplace) -> None:
    number = await work.event_number()

    async def fail_after_telling() -> None:
        async with work.parts.database.write() as connection:
            await tell_me(connection, work.clock.now, technician_ids=["somebody"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_after_telling()
    assert await work.events_after(number) == []
    await tell(work)
    assert len(await work.events_after(number)) == 1
