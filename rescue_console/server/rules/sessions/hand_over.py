"""Hands a session to whoever starts it, or calls off a transfer; tells who loses sight of it."""

from sqlalchemy import select

from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.log import tell_removed
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.computers import computer_of
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import SessionChanges, SessionRow
from rescue_console.server.storage.tables import technicians

NO_TRANSFER: SessionChanges = {
    "transfer_from": None,
    "transfer_to_technician": None,
    "transfer_to_group": None,
    "transfer_comment": None,
}
"""The columns of a session that is not being transferred."""


async def hand_over(book: SessionBook, row: SessionRow, caller: Caller) -> SessionRow:
    """Make the session in *row* active with the caller, which completes a transfer.

    A session taken over from a group that the caller does not see moves to the caller's group.
    """
    taken = row.transfer_from is not None and row.transfer_from != caller.technician_id
    moves = taken and row.group_id not in caller.visible_groups
    group_id = caller.group_id if moves else row.group_id
    await _tell_who_loses_sight(book, row, caller, group_id)
    changes: SessionChanges = {
        **NO_TRANSFER,
        "technician_id": caller.technician_id,
        "group_id": group_id,
        **await _seat_at_start(book, caller),
    }
    return await book.change(row, SessionStatus.ACTIVE, who=caller.name, **changes)


async def _seat_at_start(book: SessionBook, caller: Caller) -> SessionChanges:
    """Return the columns that give the seat to the caller's console, if it is one and says so.

    Other programs, and consoles that do not know of seats, leave it free for the first that needs
    it.
    """
    computer = await computer_of(book.connection, caller.sign_in_id)
    console = None if computer is None else caller.sign_in_id
    return {"seat_console": console, "seat_computer": computer}


async def call_off(book: SessionBook, row: SessionRow) -> SessionChanges:
    """Tell those offered the session in *row* that the offer is over; return the columns to set.

    Log the session itself afterwards, so that whoever sees it anyway gets it back at once.
    """
    if row.transfer_to_group is not None and row.transfer_to_group != row.group_id:
        await tell_removed(book.connection, row.id, book.now, group_id=row.transfer_to_group)
    if row.transfer_to_technician is not None:
        people = [row.transfer_to_technician]
        await tell_removed(book.connection, row.id, book.now, technician_ids=people)
    return NO_TRANSFER


async def _tell_who_loses_sight(
    book: SessionBook, row: SessionRow, caller: Caller, group_id: str
) -> None:
    groups = {row.group_id, row.transfer_to_group or group_id} - {group_id}
    people = await _who_loses_sight(book, row, caller, group_id)
    for left in sorted(groups):
        await tell_removed(book.connection, row.id, book.now, group_id=left)
    if people:
        await tell_removed(book.connection, row.id, book.now, technician_ids=people)


async def _who_loses_sight(
    book: SessionBook, row: SessionRow, caller: Caller, group_id: str
) -> list[str]:
    """Return the ids of technicians to whom the session was shown personally and no longer is."""
    saw = {row.technician_id, row.transfer_from, row.transfer_to_technician}
    query = select(technicians.c.id, technicians.c.group_id).where(
        technicians.c.id.in_(saw - {None, row.created_by, caller.technician_id})
    )
    seen_from = {above.id for above in book.tree.path(group_id)}
    people = await book.connection.execute(query)
    return [person_id for person_id, own_group in people if own_group not in seen_from]
