"""Forgets the chat of sessions that ended longer ago than their group keeps it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update

from rescue_console.server.events.log import forget_chat_events
from rescue_console.server.rules.access.tree import GroupTree
from rescue_console.server.rules.book.book import SessionBook
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
        tree = book.tree
    for days, group_ids in _by_days(tree).items():
        while await _forget_batch(books, group_ids, timedelta(days=days)):
            pass


def _by_days(tree: GroupTree) -> dict[int, list[str]]:
    by_days: defaultdict[int, list[str]] = defaultdict(list)
    for group in tree.all():
        by_days[tree.settings(group.id).chat_kept_days].append(group.id)
    return by_days


async def _forget_batch(books: SessionBooks, group_ids: Collection[str], kept: timedelta) -> bool:
    """Forget the chat of one batch of sessions; tell whether there were any."""
    async with books.read() as book:
        ids = await _kept_long_enough(book, group_ids, kept)
    if ids:
        async with books.write() as book:
            # Asked again: another node may have moved the time.
            ids = await _kept_long_enough(book, group_ids, kept)
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


async def _kept_long_enough(
    book: SessionBook, group_ids: Collection[str], kept: timedelta
) -> Sequence[str]:
    """Return at most _BATCH sessions that ended *kept* ago and whose chat is still there."""
    query = (
        select(sessions.c.id)
        .where(sessions.c.group_id.in_(group_ids), sessions.c.chat_ended_at <= book.now - kept)
        .limit(_BATCH)
    )
    return (await book.connection.execute(query)).scalars().all()
