"""Applies changed permissions to sessions that are already running: what is forbidden ends."""

from sqlalchemy import ColumnElement, select

from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import POWER_PERMISSIONS, STANDING, Consent, Power
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.helping.powers import set_consent
from rescue_console.server.storage.tables import sessions, technicians


async def end_forbidden(book: SessionBook, whose: ColumnElement[bool], *, who: str) -> None:
    """End every consent whose power the session's technician may no longer have.

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
    found = (await book.connection.execute(query)).all()
    for session_id, consents, recording_since, enabled, group_id in found:
        recorded = recording_since is not None
        allowed = book.tree.permissions(group_id) if enabled else frozenset()
        for power, consent in consents.items():
            if consent in STANDING and not _may_stand(power, allowed, recorded=recorded):
                row = await book.lock(session_id)
                await set_consent(book, row, power, Consent.NONE, who=who)


def _may_stand(power: Power, allowed: frozenset[Permission], *, recorded: bool) -> bool:
    if power is Power.VIEW and recorded and Permission.RECORD_SCREEN not in allowed:
        return False  # only the end of the picture is sure to end a recording
    return bool(POWER_PERMISSIONS[power] & allowed)
