"""Forgets the chat of sessions that ended longer ago than their group keeps it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from rescue_console.server.events.log import forget_chat_events
from rescue_console.server.rules.access.tree import GroupTree
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.storage.tables import chat_messages, chat_totals, sessions

_BATCH = 100
"""Sessions whose chat is deleted in one transaction."""


async def forget_chat(books: SessionBooks) -> None:
    """Delete, in batches, all chat that has been kept as long as its group wants.

    Raises:
        StorageError: see Database.write.
    """
    async with books.read() as book:
        tree, now = book.tree, book.now
    for days, group_ids in _by_days(tree).items():
        while await _forget_batch(books, group_ids, now - timedelta(days=days)):
            pass


def _by_days(tree: GroupTree) -> dict[int, list[str]]:
    by_days: defaultdict[int, list[str]] = defaultdict(list)
    for group in tree.all():
        by_days[tree.settings(group.id).chat_kept_days].append(group.id)
    return by_days


async def _forget_batch(
    books: SessionBooks, group_ids: Collection[str], ended_by: datetime
) -> bool:
    """Forget the chat of one batch of sessions; tell whether there were any."""
    query = (
        select(sessions.c.id)
        .where(sessions.c.group_id.in_(group_ids), sessions.c.chat_ended_at <= ended_by)
        .limit(_BATCH)
    )
    async with books.read() as book:
        ids = (await book.connection.execute(query)).scalars().all()
    if ids:
        async with books.write() as book:
            await book.connection.execute(
                delete(chat_messages).where(chat_messages.c.session_id.in_(ids))
            )
            await book.connection.execute(
                delete(chat_totals).where(chat_totals.c.session_id.in_(ids))
            )
            await forget_chat_events(book.connection, ids)
            await book.connection.execute(
                update(sessions)
                .where(sessions.c.id.in_(ids))
                .values({sessions.c.chat_ended_at: None})
            )
    return bool(ids)
