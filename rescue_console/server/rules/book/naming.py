"""Looks up the names in a session's row after the ids in it have changed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server.rules.access.tree import GroupTree
from rescue_console.server.rules.book.rows import SessionNames, SessionRow
from rescue_console.server.storage.tables import technicians


async def names_after(
    connection: AsyncConnection, tree: GroupTree, before: SessionRow, after: SessionRow
) -> SessionNames:
    """Return the names for the ids in *after*, reading only those that *before* does not have."""
    known = {
        before.technician_id: before.names.holder,
        before.transfer_from: before.names.giver,
        before.transfer_to_technician: before.names.taker,
        before.created_by: before.names.creator,
        None: None,
    }
    wanted = {after.technician_id, after.transfer_from, after.transfer_to_technician}
    if unknown := wanted - known.keys():
        query = select(technicians.c.id, technicians.c.name).where(technicians.c.id.in_(unknown))
        for technician_id, name in await connection.execute(query):
            known[technician_id] = name
    return SessionNames(
        creator=before.names.creator,
        group=tree.name(after.group_id) or before.names.group,
        holder=known[after.technician_id],
        giver=known[after.transfer_from],
        taker=known[after.transfer_to_technician],
        taker_group=tree.name(after.transfer_to_group),
    )
