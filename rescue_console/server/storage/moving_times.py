"""Moves the times in the database that the server decides by, when its clock is moved."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Table,
    or_,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server.storage.tables import (
    attempts,
    clock,
    emails,
    events,
    idempotency,
    leases,
    passes,
    sessions,
    sign_ins,
    technicians,
    tokens,
)

_MICROSECOND = timedelta(microseconds=1)

COUNTED = timedelta(hours=1)
"""How far back the e-mails of a technician are counted."""


class _Times(NamedTuple):
    """Columns by which something ends, begins or is counted, in the rows for which that holds."""

    table: Table
    columns: tuple[Column[datetime] | Column[datetime | None], ...]
    where: ColumnElement[bool] = true()


def decided_by(now: datetime) -> list[_Times]:
    """Return the times that decide; all others only say when something happened, and stay."""
    s, mail = sessions.c, emails.c
    live = (
        s.created_at,
        s.expires_at,
        s.status_since,
        s.returns_since,
        s.due_at,
        s.active_at,
        s.seen_at,
        s.recording_since,
    )
    waits = or_(mail.next_attempt_at.is_not(None), mail.claimed_until.is_not(None))
    return [
        _Times(technicians, (technicians.c.seen_at,)),
        _Times(sign_ins, (sign_ins.c.created_at, sign_ins.c.network_at)),
        _Times(passes, (passes.c.expires_at,)),
        _Times(leases, (leases.c.until,)),
        _Times(tokens, (tokens.c.expires_at, tokens.c.spent_at)),
        _Times(attempts, (attempts.c.at,)),
        _Times(sessions, live, s.live),
        _Times(sessions, (s.chat_ended_at,)),
        _Times(
            emails,
            (mail.created_at, mail.next_attempt_at, mail.claimed_until),
            or_(waits, mail.created_at > now - COUNTED),
        ),
        _Times(idempotency, (idempotency.c.created_at,)),
        _Times(events, (events.c.at,)),
    ]


async def read_moved(connection: AsyncConnection) -> timedelta:
    """Return by how much the times were moved so far."""
    return (await connection.execute(select(clock.c.moved))).scalar_one() * _MICROSECOND


async def move_times(connection: AsyncConnection, by: timedelta, now: datetime) -> None:
    """Move the times that the server decides by, and note for the other nodes by how much.

    Args:
        now: The server's time before it is moved.
    """
    steps = by // _MICROSECOND
    for table, columns, where in decided_by(now):
        moved = {column: type_coerce(column, BigInteger) + steps for column in columns}
        await connection.execute(update(table).where(where).values(moved))
    await connection.execute(update(clock).values({clock.c.moved: clock.c.moved + steps}))


async def end_future(connection: AsyncConnection, now: datetime) -> None:
    """Let nobody have been seen later than *now*, by a clock that was ahead before this start."""
    for seen_at in (sessions.c.seen_at, technicians.c.seen_at):
        await connection.execute(update(seen_at.table).where(seen_at > now).values({seen_at: now}))
