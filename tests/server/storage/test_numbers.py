"""The numbers of events only grow, also when the database is put back to an earlier day."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server.events.log import KEPT, forget_old, tell_me
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.migrate import migrate
from rescue_console.server.storage.numbers import (
    begin_numbers,
    first_number,
    newest_event,
    was_told,
)
from rescue_console.server.storage.tables import events

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
async def connection(empty_url: str) -> AsyncIterator[AsyncConnection]:
    database = Database(empty_url)
    await migrate(database)
    async with database.write() as connection:
        yield connection
    await database.close()


async def tell(connection: AsyncConnection, now: datetime = NOW) -> int:
    await tell_me(connection, now)
    return await newest_event(connection)


async def test_a_start_changes_no_number_that_was_told(connection: AsyncConnection) -> None:
    assert await newest_event(connection) == 0
    await begin_numbers(connection, NOW)
    assert (await newest_event(connection), await first_number(connection)) == (0, 0)
    last = await tell(connection)
    await begin_numbers(connection, NOW)
    assert await newest_event(connection) == last
    assert await was_told(connection, last)


async def test_after_a_start_numbers_begin_above_all_that_an_earlier_one_can_have_told(
    connection: AsyncConnection,
) -> None:
    before = await tell(connection)
    # What was told then, and is not in the database that was put back:
    told = before + 5
    await begin_numbers(connection, NOW)
    first = await tell(connection)
    assert first > told
    assert await tell(connection) == first + 1
    assert [await was_told(connection, number) for number in (before, told, first)] == [
        True,
        False,
        True,
    ]


async def test_the_same_holds_for_a_later_day_and_many_starts(connection: AsyncConnection) -> None:
    await begin_numbers(connection, NOW)
    kept = await tell(connection)
    lost = kept + 100
    for seconds in (1, 1, 2):
        await begin_numbers(connection, NOW + timedelta(seconds=seconds))
    first = await tell(connection)
    assert first > lost
    assert await was_told(connection, kept)
    assert not await was_told(connection, lost)


async def test_a_clock_that_went_back_repeats_no_number(connection: AsyncConnection) -> None:
    await begin_numbers(connection, NOW)
    last = await tell(connection)
    await begin_numbers(connection, NOW - timedelta(days=300))
    assert await tell(connection) > last


async def test_who_saw_the_last_event_misses_nothing_when_it_has_been_forgotten(
    connection: AsyncConnection,
) -> None:
    last = await tell(connection, NOW - KEPT * 2)
    await begin_numbers(connection, NOW)
    await tell(connection)
    await forget_old(connection, NOW)
    assert await first_number(connection) == last + 1
    await tell(connection, NOW + KEPT * 2)
    await forget_old(connection, NOW + KEPT * 2)
    assert await first_number(connection) == await newest_event(connection)


async def test_starts_that_nobody_can_ask_for_are_forgotten(connection: AsyncConnection) -> None:
    for day in range(3):
        await begin_numbers(connection, NOW + timedelta(days=day))
        await tell(connection, NOW + timedelta(days=day))
    later = NOW + timedelta(days=9)
    await tell(connection, later)
    await forget_old(connection, later)
    await begin_numbers(connection, later)
    rows = (await connection.execute(events.select().where(events.c.number < 0))).all()
    assert len(rows) == 1
