"""Who is online, away or busy: nobody can transfer a session to who is not online."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from rescue_console.protocol.answers import Colleague
from rescue_console.protocol.choices import Availability
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.storage.tables import sessions, technicians

UNSEEN = timedelta(minutes=2)
"""A technician whose console no node has seen for so long is away."""


async def read_colleagues(book: SessionBook, whose: ColumnElement[bool]) -> list[Colleague]:
    """Return the enabled technicians that *whose* selects, by name, with their availability."""
    active = (
        select(sessions.c.technician_id, func.count().label("number"))
        .where(sessions.c.status == SessionStatus.ACTIVE)
        .group_by(sessions.c.technician_id)
        .subquery()
    )
    query = (
        select(technicians, func.coalesce(active.c.number, 0).label("active"))
        .outerjoin(active, active.c.technician_id == technicians.c.id)
        .where(technicians.c.enabled, whose)
        .order_by(func.lower(technicians.c.name), technicians.c.id)
    )
    limits = {group.id: _limit(book, group.id) for group in book.tree.all()}
    return [
        Colleague(
            id=row.id,
            name=row.name,
            availability=_availability(row, book.now, limits[row.group_id]),
        )
        for row in await book.connection.execute(query)
    ]


def _limit(book: SessionBook, group_id: str) -> int:
    return book.tree.settings(group_id).max_active_sessions


def _availability(row: Row[Any], now: datetime, limit: int) -> Availability:
    if row.away_since is not None or row.seen_at is None or now - row.seen_at >= UNSEEN:
        return Availability.AWAY
    return Availability.BUSY if row.active >= limit else Availability.ONLINE
