"""Applies changed limits of groups to sessions that are already running."""

from collections.abc import Collection

from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import read_sessions, select_sessions
from rescue_console.server.storage.tables import sessions


async def renew_deadlines(book: SessionBook, group_ids: Collection[str]) -> None:
    """Update the deadlines of the groups' live sessions, and tell everybody who sees them.

    A session already past a new limit ends when the timers next check. A code's life is fixed when
    the code is made, so a changed life applies to new codes only.

    Args:
        book: Opened for writing, with the groups as they are after the change.
        group_ids: The groups whose settings may be different now.
    """
    query = (
        select_sessions()
        .where(sessions.c.live, sessions.c.group_id.in_(group_ids))
        .order_by(sessions.c.id)
    )
    for row in await read_sessions(book.connection, query):
        ends = book.deadline(row)
        due_at = ends.at if ends else None
        if due_at != row.due_at:
            await book.set(row, due_at=due_at)
