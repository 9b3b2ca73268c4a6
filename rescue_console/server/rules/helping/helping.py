"""The customers' side of helping: answers about powers, chat, signals, the applet."""

import secrets

from sqlalchemy import select, update

from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import (
    Answered,
    CustomerSays,
    CustomerSignals,
    Hindered,
    StaysOn,
)
from rescue_console.protocol.links import read_parts
from rescue_console.protocol.log_kinds import Occurrence
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.signals import Signal
from rescue_console.protocol.statuses import JOINABLE, SessionStatus
from rescue_console.server.events.log import tell_signal
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.sign_in import token_hash
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionChanges
from rescue_console.server.rules.helping.chat import keep, messages_after
from rescue_console.server.rules.helping.customers import (
    come_back,
    connecting,
    leave,
    session_of_link,
)
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
            Refusal: ``invalid`` or ``status-conflict``.
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
        self, code: str | None, key: str | None, platform: DevicePlatform
    ) -> str | None:
        """Let the applet into the session of a link; return the token that identifies it.

        The applet joins a session that nobody has joined yet, and adds its powers to a session
        that the page has joined. Where an earlier applet has ended without a word, the next one
        may follow, and its powers are asked for anew.

        Returns:
            The token; None for links that do not work.

        Raises:
            Refusal: ``already-exists`` while another applet is connected.
        """
        link = read_parts(code, key)
        async with self._books.read() as book:
            if await session_of_link(book.connection, link) is None:
                return None  # strangers do not get as far as the write lock
        token = secrets.token_urlsafe(32)
        async with self._books.write() as book:
            session_id = await session_of_link(book.connection, link)
            row = await book.lock(session_id) if session_id else None
            if row is None or row.over:
                return None
            if row.applet_connected:
                raise refuse(
                    ProblemWord.ALREADY_EXISTS, "The applet is connected to this session already."
                )
            if row.applet_token_hash is not None:
                row = await begin_anew(book, row)
            changes: SessionChanges = {
                "applet_token_hash": token_hash(token),
                "detected_platform": platform,
                "seen_at": book.now,
            }
            if row.status in JOINABLE:
                await book.change(await connecting(book, row), SessionStatus.WAITING, **changes)
            else:
                await book.log(row.id, Occurrence.APPLET_JOINED)
                await book.set(row, **changes)
        return token

    async def chat_after(self, session_id: str, after: int) -> list[ChatMessage]:
        """Return the chat messages that the customer's side has not seen yet."""
        async with self._books.read() as book:
            return await messages_after(book.connection, session_id, after)

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
        query = select(sessions.c.id).where(
            sessions.c.applet_token_hash == token_hash(token), sessions.c.live
        )
        async with self._books.read() as book:
            return (await book.connection.execute(query)).scalar()

    async def applet_connected(
        self, session_id: str, *, connected: bool, socket_id: str = ""
    ) -> None:
        """Note that the applet has connected or disconnected.

        Args:
            session_id: Which session.
            connected: Whether it has connected.
            socket_id: Which of its connections this is, at most 32 characters; the end of a
                connection that another has already replaced is ignored.
        """
        async with self._books.write() as book:
            row = await book.lock(session_id)
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
