"""Hands a session to who starts it, or calls a transfer off; tells those who lose sight of it."""

from typing import Any

from sqlalchemy import Row, select

from rescue_console.protocol.answers import Session
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.log import tell_removed
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.storage.tables import technicians

NO_TRANSFER: dict[str, Any] = dict.fromkeys(
    ("transfer_from", "transfer_to_technician", "transfer_to_group", "transfer_comment")
)
"""The columns of a session that is on its way to nobody."""


async def hand_over(book: SessionBook, row: Row[Any], caller: Caller) -> Session:
    """Make the session in *row* active with the caller; a transfer has then arrived.

    A session taken over from a group that the caller does not see moves to the caller's own.
    """
    taken = row.transfer_from is not None and row.transfer_from != caller.technician_id
    moves = taken and row.group_id not in caller.visible_groups
    group_id = caller.group_id if moves else row.group_id
    await _tell_who_loses_sight(book, row, caller, group_id)
    return await book.change(
        row,
        SessionStatus.ACTIVE,
        who=caller.name,
        technician_id=caller.technician_id,
        group_id=group_id,
        **NO_TRANSFER,
    )


async def call_off(book: SessionBook, row: Row[Any]) -> dict[str, Any]:
    """Tell who was offered the session in *row* that it is not any more; return what to set.

    Log the session itself afterwards: whoever sees it anyway gets it back at once.
    """
    if row.transfer_to_group is not None and row.transfer_to_group != row.group_id:
        await tell_removed(book.connection, row.id, book.now, group_id=row.transfer_to_group)
    if row.transfer_to_technician is not None:
        people = [row.transfer_to_technician]
        await tell_removed(book.connection, row.id, book.now, technician_ids=people)
    return NO_TRANSFER


async def _tell_who_loses_sight(
    book: SessionBook, row: Row[Any], caller: Caller, group_id: str
) -> None:
    groups: set[str] = {row.group_id, row.transfer_to_group or group_id} - {group_id}
    people = await _blind(book, row, caller, group_id)
    for left in sorted(groups):
        await tell_removed(book.connection, row.id, book.now, group_id=left)
    if people:
        await tell_removed(book.connection, row.id, book.now, technician_ids=people)


async def _blind(book: SessionBook, row: Row[Any], caller: Caller, group_id: str) -> list[str]:
    """Return the ids of those who saw the session for themselves and no longer do."""
    saw = {row.technician_id, row.transfer_from, row.transfer_to_technician}
    query = select(technicians.c.id, technicians.c.group_id).where(
        technicians.c.id.in_(saw - {None, row.created_by, caller.technician_id})
    )
    seen_from = {above.id for above in book.tree.path(group_id)}
    people = await book.connection.execute(query)
    return [person.id for person in people if person.group_id not in seen_from]
