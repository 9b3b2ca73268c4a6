"""What customers do: open a link or type a PIN, join, come back, leave.

Nothing here tells a guesser more than "no": a session is found by its code together with its
128-bit key, by a PIN that may still be used, or by the token that joining gave this browser.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.links import LinkParts, read_parts, read_pin
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import (
    JOINABLE,
    LOST,
    PRESENT,
    SET_ASIDE,
    SessionStatus,
    is_over,
)
from rescue_console.server.rules.access.sign_in import token_hash
from rescue_console.server.rules.access.throttle import Throttle, pin_buckets
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import read_consents, read_row
from rescue_console.server.rules.sessions.hand_over import call_off
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import organization, sessions


@dataclass(frozen=True, kw_only=True)
class CustomerView:
    """What a customer may know of a session.

    Attributes:
        joined: Whether some browser has joined.
        platform: As the technician set it, or ``auto``.
        technician: Who helps, or until then who invited.
        applet_first: Whether the applet has joined and no browser has yet.
    """

    session_id: str
    status: SessionStatus
    joined: bool
    name: str
    technician: str
    organization: str
    platform: DevicePlatform
    consents: dict[Power, Consent]
    applet: bool
    applet_first: bool = False

    @property
    def joinable(self) -> bool:
        """Whether the link still lets a browser in."""
        return self.status in JOINABLE or (self.applet_first and not self.over)

    @property
    def over(self) -> bool:
        """Whether the session has ended."""
        return is_over(self.status)


class Customers:
    """The customers' side of sessions."""

    def __init__(self, database: Database, books: SessionBooks, throttle: Throttle) -> None:
        self._database = database
        self._books = books
        self._throttle = throttle

    async def organization_name(self) -> str:
        """Return who runs this server; empty before there is an owner."""
        async with self._database.read() as connection:
            name = (await connection.execute(select(organization.c.name))).scalar()
        return name or ""

    async def by_link(self, code: str | None, key: str | None) -> CustomerView | None:
        """Return the session of a link, or None when code and key do not belong together."""
        async with self._database.read() as connection:
            row = await row_by_link(connection, read_parts(code, key))
            return await _view(connection, row) if row else None

    async def by_token(self, token: str | None) -> CustomerView | None:
        """Return the session that the browser with *token* has joined, or None."""
        async with self._database.read() as connection:
            row = await _row_by_token(connection, token)
            return await _view(connection, row) if row else None

    async def link_of(self, token: str | None) -> LinkParts | None:
        """Return the link of the session that the browser with *token* is in, if it goes on."""
        async with self._database.read() as connection:
            row = await _row_by_token(connection, token)
            if row is None or is_over(SessionStatus(row.status)):
                return None
            query = select(sessions.c.code, sessions.c.link_key).where(sessions.c.id == row.id)
            link = (await connection.execute(query)).one()
            return LinkParts(link.code, link.link_key)

    async def check_pin(self, typed: str, address: str) -> LinkParts | None:
        """Return code and key of the session that waits for the PIN *typed*, or None.

        One answer for wrong, used and unknown PINs; failures are counted.

        Raises:
            Refusal: ``too-many-attempts``.
        """
        attempt = await self._throttle.count_attempt(pin_buckets(address))
        pin = read_pin(typed)
        if pin is not None:
            query = select(sessions.c.code, sessions.c.link_key).where(
                sessions.c.code == pin,
                sessions.c.live,
                sessions.c.method == ConnectionMethod.PIN,
                sessions.c.status.in_(JOINABLE),
            )
            async with self._database.read() as connection:
                row = (await connection.execute(query)).first()
            if row is not None:
                await self._throttle.forgive(attempt)
                return LinkParts(row.code, row.link_key)
        return None

    async def join(self, code: str | None, key: str | None, platform: DevicePlatform) -> str | None:
        """Join the session of a link; return the token that this browser is known by from now on.

        None when the link does not let anybody in (any more): the page says which, by ``by_link``.
        """
        if await self.by_link(code, key) is None:
            return None  # strangers do not get as far as the write lock
        token = secrets.token_urlsafe(32)
        async with self._books.write() as book:
            row = await row_by_link(book.connection, read_parts(code, key))
            if row is None:
                return None
            row = await book.lock(row.id)
            status = SessionStatus(row.status)
            if _applet_first(row) and not is_over(status):
                await book.set(row, customer_token_hash=token_hash(token))
                return token
            if status not in JOINABLE:
                return None
            if row.expires_at is not None and row.expires_at <= book.now:
                # The timers look once a second, and not at all while no server runs.
                await book.change(row, SessionStatus.EXPIRED)
                return None
            if row.status == SessionStatus.INVITED:
                await book.change(row, SessionStatus.CONNECTING)
                row = await book.lock(row.id)
            await book.change(
                row,
                SessionStatus.WAITING,
                customer_token_hash=token_hash(token),
                detected_platform=platform,
                seen_at=book.now,
            )
        return token

    async def leave(self, token: str | None) -> CustomerView | None:
        """End the session that the browser with *token* has joined; return it, or None."""
        if await self.by_token(token) is None:
            return None
        async with self._books.write() as book:
            row = await _row_by_token(book.connection, token)
            if row is None:
                return None
            await leave(book, await book.lock(row.id))
            return await _view(book.connection, await book.lock(row.id))

    async def page_opened(
        self, code: str, key: str, platform: DevicePlatform
    ) -> CustomerView | None:
        """Note that a person has the join page open: *Connecting*."""
        async with self._books.write() as book:
            row = await row_by_link(book.connection, read_parts(code, key))
            if row is None:
                return None
            row = await book.lock(row.id)
            if row.status == SessionStatus.INVITED:
                await book.change(
                    row,
                    SessionStatus.CONNECTING,
                    detected_platform=platform,
                    seen_at=book.now,
                )
                row = await book.lock(row.id)
            return await _view(book.connection, row)

    async def came_back(self, token: str) -> CustomerView | None:
        """Note that a joined browser is connected; a lost session goes back to where it was."""
        async with self._books.write() as book:
            row = await _row_by_token(book.connection, token)
            if row is None:
                return None
            await come_back(book, await book.lock(row.id))
            row = await book.lock(row.id)
            return await _view(book.connection, row)

    async def went_away(self, session_id: str, unseen_since: datetime | None = None) -> None:
        """Note that no page of a session is open any more, for longer than a reload takes.

        Args:
            session_id: Which session.
            unseen_since: Only when no node has seen the customer after this moment.
        """
        async with self._books.write() as book:
            row = await book.lock(session_id)
            seen_at = row.seen_at
            if unseen_since is None or seen_at is None or seen_at <= unseen_since:
                await lose(book, row)

    async def is_here(self, session_id: str) -> None:
        """Note that a page of a session is still open; a lost session goes back to where it was."""
        async with self._books.write() as book:
            await come_back(book, await book.lock(session_id))

    async def view(self, session_id: str) -> CustomerView | None:
        """Return what a customer may know of a session."""
        async with self._database.read() as connection:
            row = await read_row(connection, session_id)
            return await _view(connection, row) if row else None


async def leave(book: SessionBook, row: Row[Any]) -> None:
    """End a session as its customer wants, unless it has ended already."""
    if not is_over(SessionStatus(row.status)):
        await book.change(row, _left(row))


async def lose(book: SessionBook, row: Row[Any]) -> None:
    """Give a session whose customer is gone the status that follows, if any does."""
    status = SessionStatus(row.status)
    if status is SessionStatus.CONNECTING:
        await book.change(row, SessionStatus.INVITED)
    elif status in PRESENT:
        await book.change(
            row,
            SessionStatus.RECONNECTING,
            returns_to=row.status,
            returns_since=row.status_since,
        )


async def come_back(book: SessionBook, row: Row[Any]) -> None:
    """Note that a session's customer is connected; a lost session goes back to where it was."""
    if row.status in LOST:
        await _return(book, row)
    else:
        await _seen(book.connection, [row.id], book)


async def _return(book: SessionBook, row: Row[Any]) -> None:
    goal = SessionStatus(row.returns_to or SessionStatus.WAITING)
    since = row.returns_since
    transfer: dict[str, Any] = {}
    if row.status == SessionStatus.OFFLINE and goal in SET_ASIDE:
        # What was set aside or on its way so long ago waits anew, with a whole waiting time, for
        # the technician who has it.
        if goal is SessionStatus.TRANSFERRING:
            transfer = await call_off(book, row)
        goal, since = SessionStatus.WAITING, None
    await book.change(
        row,
        goal,
        since=since,
        returns_to=None,
        returns_since=None,
        seen_at=book.now,
        **transfer,
    )


async def _seen(connection: AsyncConnection, ids: list[str], book: SessionBook) -> None:
    await connection.execute(
        update(sessions).where(sessions.c.id.in_(ids)).values(seen_at=book.now)
    )


def _left(row: Row[Any]) -> SessionStatus:
    if row.status == SessionStatus.OFFLINE:
        return SessionStatus.TIMED_OUT
    lost = row.status == SessionStatus.RECONNECTING
    if (row.returns_to if lost else row.status) == SessionStatus.WAITING:
        return SessionStatus.CLOSED_BY_WAITING_CUSTOMER
    return SessionStatus.CLOSED_BY_CUSTOMER


async def row_by_link(connection: AsyncConnection, parts: LinkParts | None) -> Row[Any] | None:
    """Return the session whose code and key *parts* are, or None."""
    if parts is None:
        return None
    query = (
        select(sessions.c.id, sessions.c.link_key)
        .where(sessions.c.code == parts.code)
        .order_by(sessions.c.live.desc(), sessions.c.id.desc())
    )
    for found in await connection.execute(query):
        if secrets.compare_digest(found.link_key, parts.key):
            return await read_row(connection, found.id)
    return None


async def _row_by_token(connection: AsyncConnection, token: str | None) -> Row[Any] | None:
    if not token:
        return None
    query = select(sessions.c.id).where(sessions.c.customer_token_hash == token_hash(token))
    session_id = (await connection.execute(query)).scalar()
    return await read_row(connection, session_id) if session_id else None


async def _view(connection: AsyncConnection, row: Row[Any]) -> CustomerView:
    name = (await connection.execute(select(organization.c.name))).scalar_one()
    return CustomerView(
        session_id=row.id,
        status=SessionStatus(row.status),
        joined=row.customer_token_hash is not None,
        name=row.name,
        technician=row.holder_name or row.creator_name,
        organization=name,
        platform=DevicePlatform(row.platform),
        consents=read_consents(row.consents),
        applet=row.applet_connected,
        applet_first=_applet_first(row),
    )


def _applet_first(row: Row[Any]) -> bool:
    return row.customer_token_hash is None and row.applet_token_hash is not None
