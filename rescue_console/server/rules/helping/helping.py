"""The customers' side of helping: answers about powers, chat, signals, the applet."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import ChatPage
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import (
    Answered,
    CustomerSays,
    CustomerSignals,
    Hindered,
    Side,
    StaysOn,
)
from rescue_console.protocol.links import LinkParts, read_parts
from rescue_console.protocol.log_kinds import Occurrence
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.signals import Signal
from rescue_console.protocol.statuses import JOINABLE, SessionStatus
from rescue_console.server.events.log import tell_signal
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.tokens import token_hash
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionChanges, SessionRow
from rescue_console.server.rules.helping.chat import ChatPart, keep, read_part
from rescue_console.server.rules.helping.customers import (
    come_back,
    connecting,
    leave,
    lock_invited,
    note_join,
    session_of_link,
)
from rescue_console.server.rules.helping.passes import is_good, issue_pass, session_of_pass
from rescue_console.server.rules.helping.powers import answer, hindered
from rescue_console.server.rules.helping.restarts import begin_anew, return_from_restart, stay
from rescue_console.server.storage.tables import sessions


class Helping:
    """What a customer who has joined says to the server."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def answered(self, session_id: str, said: Answered) -> None:
        """Note that the customer grants, denies or takes back a power."""
        async with self._books.write() as book:
            row = await book.lock(session_id)
            await answer(book, row, said.power, granted=said.granted, hindrance=said.hindrance)

    async def hindered(self, session_id: str, said: Hindered) -> None:
        """Note what keeps the customer's page from giving a power."""
        async with self._books.write() as book:
            await hindered(book, await book.lock(session_id), said.power, said.hindrance)

    async def said(self, session_id: str, said: CustomerSays) -> None:
        """Keep a chat message from the customer.

        Raises:
            Refusal: ``invalid``, ``status-conflict`` or ``chat-full``.
        """
        async with self._books.write() as book:
            row = await book.lock(session_id)
            await keep(
                book,
                row,
                text=said.text,
                key=f"c:{said.key}",
                name=row.name,
                technician_id=None,
            )

    async def signalled(self, session_id: str, said: CustomerSignals) -> None:
        """Hand a signal to the technician's side; outside an active session, drop it."""
        async with self._books.write() as book:
            row = await book.lock(session_id)
            if row.status is SessionStatus.ACTIVE:
                signal = Signal(kind=said.signal, body=said.body)
                await book.note_activity(row)
                await tell_signal(
                    book.connection, signal, book.view(row), book.now, to_customer=False
                )

    async def stays_on(self, session_id: str, said: StaysOn) -> None:
        """Note that the customer's device was not restarted."""
        async with self._books.write() as book:
            await stay(book, await book.lock(session_id), said)

    async def left(self, session_id: str) -> None:
        """End the session, as its customer wants."""
        async with self._books.write() as book:
            await leave(book, await book.lock(session_id))

    async def join_with_applet(
        self, code: str | None, key: str | None, platform: DevicePlatform, address: str = ""
    ) -> str | None:
        """Let the applet into a session; return the token that identifies it.

        With a link's key, the applet joins a session that nobody has joined yet. With a pass, it
        also adds its powers to a session that the page has joined. Where an earlier applet has
        ended without a word, the next one may follow, and its powers are asked for anew.

        Args:
            code: The session's.
            key: The link's, or a pass.
            platform: That of the device.
            address: Where the applet is, for the session's log.

        Returns:
            The token; None for what does not let the applet in.

        Raises:
            Refusal: ``already-exists`` while another applet is connected; the pass stays good.
        """
        parts = read_parts(code, key)
        async with self._books.read() as book:
            if await _applets_session(book, parts) is None:
                return None  # strangers do not get as far as the write lock
        token = secrets.token_urlsafe(32)
        changes: SessionChanges = {
            "applet_token_hash": token_hash(token),
            "detected_platform": platform,
        }
        async with self._books.write() as book:
            row = await _lock_for_applet(book, parts)
            if row is None:
                return None
            if row.applet_connected:
                raise refuse(
                    ProblemWord.ALREADY_EXISTS, "The applet is connected to this session already."
                )
            if row.applet_token_hash is not None:
                row = await begin_anew(book, row)
            row = await connecting(book, row)
            await note_join(book, row, Side.APPLET, address)
            changes["seen_at"] = book.now
            if row.status in JOINABLE:
                await book.change(row, SessionStatus.WAITING, **changes)
            else:
                await book.set(row, **changes)
        return token

    async def page_pass(self, token: str) -> LinkParts | None:
        """Return the code and a pass that let the page of the applet with *token* in, or None."""
        if await self.applet_session(token) is None:
            return None  # strangers do not get as far as the write lock
        async with self._books.write() as book:
            session_id = await _session_of_applet(book.connection, token)
            if session_id is None:
                return None
            row = await book.lock(session_id)
            key = await issue_pass(book.connection, row.id, Side.PAGE, book.now)
        return LinkParts(row.code, key)

    async def read_chat(self, session_id: str, part: ChatPart) -> ChatPage:
        """Return a page of the chat for the customer's side."""
        async with self._books.read() as book:
            return await read_part(book.connection, session_id, part)

    async def applet_came(self, token: str, *, returned: bool = False) -> str | None:
        """Note that the applet is there; return its session's id, or None for an unknown token.

        Args:
            token: Identifies the applet.
            returned: Whether the applet is back after a restart of the device.
        """
        session_id = await self.applet_session(token)
        if session_id is not None:
            async with self._books.write() as book:
                row = await book.lock(session_id)
                if returned:
                    row = await return_from_restart(book, row)
                await come_back(book, row)
        return session_id

    async def applet_session(self, token: str) -> str | None:
        """Return the id of the live session that the applet with *token* belongs to, or None."""
        async with self._books.read() as book:
            return await _session_of_applet(book.connection, token)

    async def applet_connected(
        self,
        session_id: str,
        *,
        connected: bool,
        socket_id: str = "",
        silent: timedelta | None = None,
    ) -> None:
        """Note that the applet has connected or disconnected.

        Args:
            session_id: Which session.
            connected: Whether it has connected.
            socket_id: Which of its connections this is, at most 32 characters; the end of a
                connection that another has already replaced is ignored.
            silent: Do nothing if a node has seen the customer within this time.
        """
        async with self._books.write() as book:
            row = await book.lock(session_id)
            if silent and row.seen_at is not None and row.seen_at >= book.now - silent:
                return
            if not connected and (row.applet_socket or "") != socket_id:
                return
            if row.applet_connected != connected:
                connects, goes = Occurrence.APPLET_CONNECTED, Occurrence.APPLET_GONE
                await book.log(row.id, connects if connected else goes)
                await book.set(row, applet_connected=connected, applet_socket=socket_id)
            elif connected:
                await book.note(row, applet_socket=socket_id)

    async def forget_connected_applets(self) -> None:
        """Note that no applet is connected, as a server that is the only node starts."""
        async with self._books.write() as book:
            await book.connection.execute(
                update(sessions)
                .where(sessions.c.applet_connected)
                .values({sessions.c.applet_connected: False})
            )


async def _session_of_applet(connection: AsyncConnection, token: str) -> str | None:
    query = select(sessions.c.id).where(
        sessions.c.applet_token_hash == token_hash(token), sessions.c.live
    )
    return (await connection.execute(query)).scalar()


async def _applets_session(book: SessionBook, parts: LinkParts | None) -> str | None:
    """Return the id of the session that a link or a pass for the applet belongs to, or None."""
    by_pass = await session_of_pass(book.connection, parts, Side.APPLET)
    return by_pass or await session_of_link(book.connection, parts)


async def _lock_for_applet(book: SessionBook, parts: LinkParts | None) -> SessionRow | None:
    """Return the session that a link or a pass lets the applet into, locked for writing; or None.

    A pass that was issued before anybody had joined is as good as its link, and as long.
    """
    session_id = await session_of_pass(book.connection, parts, Side.APPLET)
    if session_id is None or parts is None:
        return await lock_invited(book, await session_of_link(book.connection, parts))
    row = await book.lock(session_id)
    if row.over or not await is_good(book.connection, parts.key, book.now):
        return None
    return await lock_invited(book, session_id) if row.status in JOINABLE else row
