"""Chat: each message is kept once, in order, and told to both sides."""

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import ChatMessage, ChatPage
from rescue_console.protocol.foreign_text import paragraphs
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendChat
from rescue_console.protocol.statuses import JOINED
from rescue_console.server.events.log import tell_chat
from rescue_console.server.refusals import invalid, refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionRow
from rescue_console.server.rules.sessions.sessions import find_own, find_visible
from rescue_console.server.storage.tables import chat_messages


class Chat:
    """The technicians' side of the chat."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def say(self, caller: Caller, session_id: str, request: SendChat) -> ChatMessage:
        """Write to the customer; repeating a key sends nothing more.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by``, ``invalid`` for a text of
                nothing but spaces, or ``status-conflict`` when the customer is not there.
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
    row: SessionRow,
    *,
    text: str,
    key: str,
    name: str,
    technician_id: str | None,
) -> ChatMessage:
    """Keep a message and tell both sides; for a known key, return the message kept first.

    Raises:
        Refusal: ``invalid`` or ``status-conflict``.
    """
    known = chat_messages.c.session_id == row.id, chat_messages.c.key == key
    earlier = await _read(book.connection, *known)
    if earlier:
        return earlier[0]
    if row.status not in JOINED:
        raise refuse(ProblemWord.STATUS_CONFLICT, "The customer is not in this session.")
    cleaned = clean_text(text)
    if not cleaned:
        raise invalid("text", "Type something to send.")
    await book.connection.execute(
        insert(chat_messages).values(
            {
                chat_messages.c.session_id: row.id,
                chat_messages.c.at: book.now,
                chat_messages.c.technician_id: technician_id,
                chat_messages.c.name: name,
                chat_messages.c.text: cleaned,
                chat_messages.c.key: key,
            }
        )
    )
    [message] = await _read(book.connection, *known)
    await book.note_activity(row)
    await tell_chat(book.connection, message, book.view(row), book.now)
    return message


async def messages_after(
    connection: AsyncConnection, session_id: str, after: int
) -> list[ChatMessage]:
    """Return a session's messages numbered above *after*, oldest first."""
    return await _read(
        connection, chat_messages.c.session_id == session_id, chat_messages.c.number > after
    )


def clean_text(text: str) -> str:
    """Return a message cleaned for keeping; emoji that are too new for this Python stay."""
    lines = paragraphs(text, newer=True).split("\n")
    return "\n".join(map(str.rstrip, lines)).strip("\n ")


async def _read(connection: AsyncConnection, *which: ColumnElement[bool]) -> list[ChatMessage]:
    """Return the messages that the conditions select, oldest first."""
    columns = chat_messages.c
    query = (
        select(
            columns.number,
            columns.session_id,
            columns.at,
            columns.name,
            columns.text,
            columns.key,
            columns.technician_id,
        )
        .where(*which)
        .order_by(columns.number)
    )
    return [
        ChatMessage(
            number=number,
            session_id=session_id,
            at=at,
            name=name,
            text=text,
            key=key.rpartition(":")[2],
            technician_id=technician_id,
        )
        for number, session_id, at, name, text, key, technician_id in (
            await connection.execute(query)
        )
    ]
