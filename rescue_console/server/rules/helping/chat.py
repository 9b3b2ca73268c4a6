"""Chat: each message is kept once, in order, and told to both sides. It is read in pages."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import ChatMessage, ChatPage
from rescue_console.protocol.foreign_text import paragraphs
from rescue_console.protocol.limits import CHAT_PAGE_BYTES, CHAT_PAGE_SIZE, PAGE_SIZE_MAX
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
from rescue_console.server.rules.helping.chat_room import take_room
from rescue_console.server.rules.sessions.sessions import find_own, find_visible
from rescue_console.server.storage.tables import chat_messages

_BUFFERED = 20
"""Messages that are read from the database at once."""


class ChatPart(Struct, frozen=True):
    """Which part of a chat is to be read.

    Attributes:
        after: Only messages numbered above it.
        before: Only messages numbered below it, if given.
        limit: At most so many.
        forwards: Whether the oldest of these messages are wanted, not the newest.
    """

    after: int = 0
    before: int | None = None
    limit: int = CHAT_PAGE_SIZE
    forwards: bool = False


class Chat:
    """The technicians' side of the chat."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def say(self, caller: Caller, session_id: str, request: SendChat) -> ChatMessage:
        """Write to the customer; repeating a key sends nothing more.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by``, ``invalid`` for a text of
                nothing but spaces, ``status-conflict`` when the customer is not there, or
                ``chat-full``.
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

    async def read(
        self,
        caller: Caller,
        session_id: str,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> ChatPage:
        """Return one page of a session's chat.

        *after* with *limit* reads on from a message. Consoles of version 0.1 send *after* alone and
        expect whatever is new: they get the newest messages.

        Raises:
            Refusal: ``not-found``.
        """
        forwards = after is not None and before is None and limit is not None
        part = ChatPart(after or 0, before, limit or PAGE_SIZE_MAX, forwards)
        async with self._books.read() as book:
            await find_visible(book.connection, caller, session_id)
            return await read_part(book.connection, session_id, part)


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
        Refusal: ``invalid``, ``status-conflict`` or ``chat-full``.
    """
    known = chat_messages.c.session_id == row.id, chat_messages.c.key == key
    earlier = await _read_one(book.connection, *known)
    if earlier is not None:
        return earlier
    if row.status not in JOINED:
        raise refuse(ProblemWord.STATUS_CONFLICT, "The customer is not in this session.")
    cleaned = clean_text(text)
    if not cleaned:
        raise invalid("text", "Type something to send.")
    await take_room(book, row.id, cleaned, by_customer=technician_id is None)
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
    message = await _read_one(book.connection, *known)
    assert message is not None, "kept in this transaction"
    await book.note_activity(row)
    await tell_chat(book.connection, message, book.view(row), book.now)
    return message


async def read_part(connection: AsyncConnection, session_id: str, part: ChatPart) -> ChatPage:
    """Return a page of a session's chat, which ends early when it has grown to CHAT_PAGE_BYTES."""
    columns = chat_messages.c
    query = _messages().where(columns.session_id == session_id, columns.number > part.after)
    if part.before is not None:
        query = query.where(columns.number < part.before)
    number = columns.number
    query = query.order_by(number if part.forwards else number.desc()).limit(part.limit + 1)
    items: list[ChatMessage] = []
    more, size = False, 0
    # As a stream, so that no more is read than the page holds.
    async with connection.stream(query.execution_options(max_row_buffer=_BUFFERED)) as rows:
        async for row in rows:
            if len(items) == part.limit or size >= CHAT_PAGE_BYTES:
                more = True
                break
            message = _message(*row)
            items.append(message)
            size += len(message.text.encode())
    return ChatPage(items=items if part.forwards else items[::-1], more=more)


def clean_text(text: str) -> str:
    """Return a message cleaned for keeping; emoji that are too new for this Python stay."""
    lines = paragraphs(text, newer=True).split("\n")
    return "\n".join(map(str.rstrip, lines)).strip("\n ")


def _messages() -> Select[int, str, datetime, str, str, str, str | None]:
    columns = chat_messages.c
    return select(
        columns.number,
        columns.session_id,
        columns.at,
        columns.name,
        columns.text,
        columns.key,
        columns.technician_id,
    )


async def _read_one(connection: AsyncConnection, *which: ColumnElement[bool]) -> ChatMessage | None:
    """Return the message that the conditions select, if there is one."""
    row = (await connection.execute(_messages().where(*which))).first()
    return None if row is None else _message(*row)


def _message(
    number: int,
    session_id: str,
    at: datetime,
    name: str,
    text: str,
    key: str,
    technician_id: str | None,
) -> ChatMessage:
    return ChatMessage(
        number=number,
        session_id=session_id,
        at=at,
        name=name,
        text=text,
        key=key.rpartition(":")[2],
        technician_id=technician_id,
    )
