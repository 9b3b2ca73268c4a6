"""The numbers of events, which only grow, also when a database is put back to an earlier day.

A database that was put back does not know of numbers that consoles have seen since. So each start
of a server leaves out those that may have been told, and keeps a row that says which: its kind is
SERVER_STARTED, its number the next event's with a minus, its body the number of the event before.
"""

from datetime import datetime

from sqlalchemy import Select, delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server.storage.tables import events

SERVER_STARTED = "server.started"
"""The kind of row with which a start is kept among the events. Nobody is told of it."""

PER_SECOND = 250
"""More events than this, in each second since a start, would be needed to reach the next one's."""

_number = events.c.number


async def newest_event(connection: AsyncConnection) -> int:
    """Return the number of the newest event, 0 when there is none yet."""
    query = select(func.coalesce(func.max(_number), 0)).where(_number > 0)
    return await _one(connection, query)


async def first_number(connection: AsyncConnection) -> int:
    """Return the number of the oldest event still kept, 0 when there is none.

    Numbers that a start has left out count as kept: there is nothing in them to be missed.
    """
    query = select(func.coalesce(func.min(_number), 0)).where(_number > 0)
    oldest = await _one(connection, query)
    before = (
        await connection.execute(select(events.c.body).where(_number == -oldest))
    ).scalar_one_or_none()
    return oldest if before is None or not oldest else int(before) + 1


async def begin_numbers(connection: AsyncConnection, now: datetime) -> None:
    """Leave out the numbers that an earlier start may have reached.

    The next number is that of PER_SECOND events in each second since 1970.
    """
    before = await newest_event(connection)
    last_start = -await _one(connection, select(func.coalesce(func.min(_number), 0)))
    number = max(before, last_start, int(now.timestamp() * PER_SECOND)) + 1
    oldest = await first_number(connection)
    # What is older than the oldest event is not resumed anyway.
    await connection.execute(delete(events).where(_number.between(-oldest + 1, -1)))
    await connection.execute(
        insert(events).values(
            {
                _number: -number,
                events.c.at: now,
                events.c.kind: SERVER_STARTED,
                events.c.group_id: None,
                events.c.technician_ids: [],
                events.c.session_id: None,
                events.c.body: str(before),
            }
        )
    )
    count = (
        "UPDATE sqlite_sequence SET seq = :number WHERE name = 'events'"
        if connection.dialect.name == "sqlite"
        else "SELECT setval(pg_get_serial_sequence('events', 'number'), :number)"
    )
    await connection.execute(text(count), {"number": number - 1})


async def was_told(connection: AsyncConnection, number: int) -> bool:
    """Tell whether a console that has last seen *number* has seen nothing but what is known here.

    It has not when *number* lies among those that a start left out: it was told before the database
    was put back.
    """
    query = select(events.c.body).where(_number < -number, events.c.kind == SERVER_STARTED)
    befores = (await connection.execute(query)).scalars()
    return all(number <= int(before) for before in befores)


async def _one(connection: AsyncConnection, query: Select[int]) -> int:
    return (await connection.execute(query)).scalar_one()
