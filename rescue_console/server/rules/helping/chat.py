"""Chat: kept once and in order, told to both sides."""

from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import ChatMessage, ChatPage
from rescue_console.protocol.foreign_text import paragraphs
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendChat
from rescue_console.protocol.statuses import JOINED, SessionStatus
from rescue_console.server.events.log import tell_chat
from rescue_console.server.refusals import invalid, refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.sessions.sessions import find_own, find_visible
from rescue_console.server.storage.tables import chat_messages


class Chat:
    """The technicians' side of the chat."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def say(self, caller: Caller, session_id: str, request: SendChat) -> ChatMessage:
        """Write to the customer; the same key again sends nothing more.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by``, ``invalid`` for a text of
                nothing but space, or ``status-conflict`` when the customer is not there.
        """
        caller.require(Permission.CHAT)
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            return await keep(
                book,
                row,
                text=request.text,
                key=f"t:{caller.technician_id[:12]}:{request.key}",
                name=caller.name,
                technician_id=caller.technician_id,
            )

    async def read(self, caller: Caller, session_id: str, after: int) -> ChatPage:
        """Return the messages numbered above *after*, oldest first.

        Raises:
            Refusal: ``not-found``.
        """
        async with self._books.read() as book:
            await find_visible(book.connection, caller, session_id)
            return ChatPage(items=await messages_after(book.connection, session_id, after))


async def keep(
    book: SessionBook,
    row: Row[Any],
    *,
    text: str,
    key: str,
    name: str,
    technician_id: str | None,
) -> ChatMessage:
    """Keep one message and tell of it; with a key that is known, return the first one.

    Raises:
        Refusal: ``invalid`` or ``status-conflict``.
    """
    known = select(chat_messages).where(
        chat_messages.c.session_id == row.id, chat_messages.c.key == key
    )
    earlier = (await book.connection.execute(known)).first()
    if earlier is not None:
        return _view(earlier)
    if SessionStatus(row.status) not in JOINED:
        raise refuse(ProblemWord.STATUS_CONFLICT, "The customer is not in this session.")
    cleaned = clean_text(text)
    if not cleaned:
        raise invalid("text", "Type something to send.")
    await book.connection.execute(
        insert(chat_messages).values(
            session_id=row.id,
            at=book.now,
            technician_id=technician_id,
            name=name,
            text=cleaned,
            key=key,
        )
    )
    message = _view((await book.connection.execute(known)).one())
    await book.note_activity(row)
    await tell_chat(book.connection, message, book.view(row), book.now)
    return message


async def messages_after(
    connection: AsyncConnection, session_id: str, after: int
) -> list[ChatMessage]:
    """Return a session's messages numbered above *after*, oldest first."""
    query = (
        select(chat_messages)
        .where(chat_messages.c.session_id == session_id, chat_messages.c.number > after)
        .order_by(chat_messages.c.number)
    )
    return [_view(row) for row in await connection.execute(query)]


def clean_text(text: str) -> str:
    """Return a message as it is kept: newer emoji than this Python knows stay."""
    lines = paragraphs(text, newer=True).split("\n")
    return "\n".join(map(str.rstrip, lines)).strip("\n ")


def _view(row: Row[Any]) -> ChatMessage:
    return ChatMessage(
        number=row.number,
        session_id=row.session_id,
        at=row.at,
        name=row.name,
        text=row.text,
        key=row.key.rpartition(":")[2],
        technician_id=row.technician_id,
    )
