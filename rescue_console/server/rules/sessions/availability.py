"""Who is online, away or busy: only colleagues who are online can be offered a session."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from rescue_console.protocol.answers import Colleague
from rescue_console.protocol.choices import Availability
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.storage.tables import sessions, technicians

UNSEEN = timedelta(minutes=2)
"""A technician whose console no node has seen for this long is away."""


async def read_colleagues(book: SessionBook, whose: ColumnElement[bool]) -> list[Colleague]:
    """Return the enabled technicians that *whose* selects, with availability, sorted by name."""
    active = (
        select(sessions.c.technician_id, func.count().label("number"))
        .where(sessions.c.status == SessionStatus.ACTIVE)
        .group_by(sessions.c.technician_id)
        .subquery()
    )
    query = (
        select(
            technicians.c.id,
            technicians.c.name,
            technicians.c.group_id,
            technicians.c.away_since,
            technicians.c.seen_at,
            func.coalesce(active.c.number, 0),
        )
        .outerjoin(active, active.c.technician_id == technicians.c.id)
        .where(technicians.c.enabled, whose)
        .order_by(func.lower(technicians.c.name), technicians.c.id)
    )
    limits = {group.id: _limit(book, group.id) for group in book.tree.all()}
    colleagues = []
    for technician_id, name, group_id, away_since, seen_at, number in await book.connection.execute(
        query
    ):
        away = away_since is not None or seen_at is None or book.now - seen_at >= UNSEEN
        availability = _availability(away=away, busy=number >= limits[group_id])
        colleagues.append(Colleague(id=technician_id, name=name, availability=availability))
    return colleagues


def _limit(book: SessionBook, group_id: str) -> int:
    return book.tree.settings(group_id).max_active_sessions


def _availability(*, away: bool, busy: bool) -> Availability:
    if away:
        return Availability.AWAY
    return Availability.BUSY if busy else Availability.ONLINE
