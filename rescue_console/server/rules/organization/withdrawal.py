"""Changed permissions reach the sessions that are already running: what is forbidden ends."""

from sqlalchemy import ColumnElement, select

from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import POWER_PERMISSIONS, STANDING, Consent, Power
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import read_consents
from rescue_console.server.rules.helping.powers import set_consent
from rescue_console.server.storage.tables import sessions, technicians


async def end_forbidden(book: SessionBook, whose: ColumnElement[bool], *, who: str) -> None:
    """End every consent that its session's technician may not have any more.

    Args:
        book: Opened for writing, with groups and technicians as they are after the change.
        whose: Which technicians the change concerns.
        who: Who made the change, for the session logs.
    """
    query = (
        select(
            sessions.c.id,
            sessions.c.consents,
            sessions.c.recording_since,
            technicians.c.enabled,
            technicians.c.group_id,
        )
        .join(technicians, technicians.c.id == sessions.c.technician_id)
        .where(sessions.c.live, whose)
        .order_by(sessions.c.id)
    )
    for row in (await book.connection.execute(query)).all():
        allowed = book.tree.permissions(row.group_id) if row.enabled else frozenset()
        for power, consent in read_consents(row.consents).items():
            if consent in STANDING and not _may_stand(power, allowed, row.recording_since):
                await set_consent(book, await book.lock(row.id), power, Consent.NONE, who=who)


def _may_stand(power: Power, allowed: frozenset[Permission], recording_since: object) -> bool:
    if power is Power.VIEW and recording_since and Permission.RECORD_SCREEN not in allowed:
        return False  # a recording ends for sure only with its picture
    return bool(POWER_PERMISSIONS[power] & allowed)
