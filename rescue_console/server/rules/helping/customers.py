"""What customers do: open a link or type a PIN, join, come back, leave.

Nobody who guesses learns more than "no": a session is found by its code together with its 128-bit
key, by a pass (``passes.py``), by a PIN that may still be used, or by the token that a browser
received when it joined.
"""

import logging
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Unpack

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.customer import Side
from rescue_console.protocol.links import LinkParts, read_parts, read_pin
from rescue_console.protocol.log_kinds import Occurrence
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.statuses import (
    JOINABLE,
    LOST,
    PRESENT,
    SET_ASIDE,
    SessionStatus,
    is_over,
)
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.access.throttle import Throttle, pin_buckets
from rescue_console.server.rules.access.tokens import token_hash
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionChanges, SessionRow, read_session
from rescue_console.server.rules.helping.passes import (
    is_good,
    issue_pass,
    session_of_pass,
    spend_passes,
)
from rescue_console.server.rules.helping.powers import note_scripts
from rescue_console.server.rules.sessions.hand_over import call_off
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import organization, sessions

_JOINED = {Side.PAGE: Occurrence.PAGE_JOINED, Side.APPLET: Occurrence.APPLET_JOINED}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class CustomerView:
    """What a customer may know about a session.

    Attributes:
        joined: Whether some browser has joined.
        platform: As the technician set it, or ``auto``.
        technician: The name of who helps or, before anybody does, of who sent the invitation.
        beside: Whether it was found by a pass that lets a browser in beside the applet.
        too_late: Whether it was found by such a pass that has ended without being used.
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
    beside: bool = False
    too_late: bool = False

    @property
    def joinable(self) -> bool:
        """Whether what it was found by still lets a browser in."""
        return self.status in JOINABLE or (self.beside and not self.joined and not self.over)

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
        """Return the name of whoever runs this server; empty before there is an owner."""
        async with self._database.read() as connection:
            name = (await connection.execute(select(organization.c.name))).scalar()
        return name or ""

    async def by_link(self, code: str | None, key: str | None) -> CustomerView | None:
        """Return the session of a link, or None when code and key do not belong together."""
        parts = read_parts(code, key)
        async with self._database.read() as connection:
            session_id = await session_of_link(connection, parts)
            if session_id is not None:
                return await _view_of(connection, sessions.c.id == session_id)
            session_id = await session_of_pass(connection, parts, Side.PAGE)
            if session_id is None or parts is None:
                return None
            view = await _view_of(connection, sessions.c.id == session_id)
            good = await is_good(connection, parts.key, self._books.clock())
        return replace(view, beside=good, too_late=not (good or view.joined)) if view else None

    async def by_token(self, token: str | None) -> CustomerView | None:
        """Return the session that the browser with *token* has joined, or None."""
        async with self._database.read() as connection:
            return await _view_of(connection, _has_joined(token)) if token else None

    async def brings_applet(self, link: LinkParts | None, token: str | None) -> str | None:
        """Return the id of the session that *link* or *token* brings the applet into, or None."""
        async with self._database.read() as connection:
            return await _brings_applet(connection, link, token)

    async def applet_pass(self, link: LinkParts | None, token: str | None) -> LinkParts | None:
        """Return the code and a pass that let the applet in; None for who may not bring it.

        Args:
            link: That of an invitation with which nobody has joined.
            token: That of the browser that is in the session.
        """
        if await self.brings_applet(link, token) is None:
            return None  # strangers do not get as far as the write lock
        async with self._books.write() as book:
            session_id = await _brings_applet(book.connection, link, token)
            if session_id is None:
                return None
            row = await book.lock(session_id)
            key = await issue_pass(book.connection, row.id, Side.APPLET, book.now)
        return LinkParts(row.code, key)

    async def check_pin(self, typed: str, address: str) -> LinkParts | None:
        """Return code and key of the session that the PIN *typed* opens, or None.

        Wrong, used and unknown PINs get the same answer; failures are counted. What is no PIN at
        all guesses nothing and is not counted.

        Raises:
            Refusal: ``too-many-attempts``.
        """
        pin = read_pin(typed)
        if pin is None:
            return None
        try:
            attempt = await self._throttle.count_attempt(pin_buckets(address))
        except Refusal as refusal:
            _log_refused(address, refusal.word)
            raise
        query = select(sessions.c.code, sessions.c.link_key).where(
            sessions.c.code == pin,
            sessions.c.live,
            sessions.c.method == ConnectionMethod.PIN,
            sessions.c.status.in_(JOINABLE),
        )
        async with self._database.read() as connection:
            link = (await connection.execute(query)).first()
        if link is None:
            _log_refused(address, ProblemWord.NOT_FOUND)
            return None
        await self._throttle.forgive(attempt)
        return LinkParts(*link)

    async def join(
        self, code: str | None, key: str | None, platform: DevicePlatform, address: str = ""
    ) -> str | None:
        """Join the session of a link; return the token that identifies this browser from now on.

        Returns None when the link lets nobody in, or no longer; ``by_link`` says which it is.

        Args:
            code: That of the link.
            key: That of the link, or a pass.
            platform: That of the device, as far as the page knows.
            address: Where the browser is, for the session's log.
        """
        if await self.by_link(code, key) is None:
            return None  # strangers do not get as far as the write lock
        parts = read_parts(code, key)
        token = secrets.token_urlsafe(32)
        joined: SessionChanges = {"customer_token_hash": token_hash(token)}
        async with self._books.write() as book:
            if (row := await _lock_beside(book, parts)) is not None:
                await note_join(book, row, Side.PAGE, address)
                await book.set(row, **joined)
                return token
            row = await lock_invited(book, await session_of_link(book.connection, parts))
            if row is None:
                return None
            joined |= {"detected_platform": platform, "seen_at": book.now}
            row = await connecting(book, row)
            await note_join(book, row, Side.PAGE, address)
            await book.change(row, SessionStatus.WAITING, **joined)
        return token

    async def leave(self, token: str | None) -> CustomerView | None:
        """End the session that the browser with *token* has joined; return it, or None."""
        if await self.by_token(token) is None:
            return None
        async with self._books.write() as book:
            row = await _lock_joined(book, token)
            return await _view(book.connection, await leave(book, row)) if row else None

    async def page_opened(
        self, code: str, key: str, platform: DevicePlatform
    ) -> CustomerView | None:
        """Note that somebody has the join page open; an invited session becomes *Connecting*."""
        async with self._books.write() as book:
            session_id = await session_of_link(book.connection, read_parts(code, key))
            if session_id is not None:
                row = await book.lock(session_id)
                await connecting(book, row, detected_platform=platform, seen_at=book.now)
        # By a pass, too: that page is beside an applet that has joined already.
        return await self.by_link(code, key)

    async def came_back(self, token: str, *, scripts: bool | None = None) -> CustomerView | None:
        """Note that a joined browser is connected; a lost session regains its earlier status.

        Args:
            token: Identifies the browser.
            scripts: Whether it runs the page's scripts; None when that is not known yet.
        """
        async with self._books.write() as book:
            row = await _lock_joined(book, token)
            if row is None:
                return None
            row = await come_back(book, row)
            if scripts is not None:
                row = await note_scripts(book, row, run=scripts)
            return await _view(book.connection, row)

    async def went_away(self, session_id: str, unseen_since: datetime | None = None) -> None:
        """Note that no page of a session has been open for longer than a reload takes.

        Args:
            session_id: Which session.
            unseen_since: Do nothing if a node has seen the customer after this moment.
        """
        async with self._books.write() as book:
            row = await book.lock(session_id)
            seen_at = row.seen_at
            if unseen_since is None or seen_at is None or seen_at <= unseen_since:
                await lose(book, row)

    async def fell_silent(self, session_id: str, silent: timedelta) -> None:
        """Note that no node has seen the customer for *silent*, if that is still true."""
        async with self._books.write() as book:
            row = await book.lock(session_id)
            if row.seen_at is None or row.seen_at < book.now - silent:
                await lose(book, row)

    async def is_here(self, session_id: str) -> None:
        """Note that a page of a session is open; a lost session regains its earlier status."""
        async with self._books.write() as book:
            await come_back(book, await book.lock(session_id))

    async def view(self, session_id: str) -> CustomerView | None:
        """Return what a customer may know about a session."""
        async with self._database.read() as connection:
            return await _view_of(connection, sessions.c.id == session_id)


async def lock_invited(book: SessionBook, session_id: str | None) -> SessionRow | None:
    """Return a session that its invitation still lets somebody into, locked for writing."""
    if session_id is None:
        return None
    row = await book.lock(session_id)
    if row.status not in JOINABLE:
        return None
    if row.expires_at is not None and row.expires_at <= book.now:
        # The timers check once a second, and not at all while no server runs.
        await book.change(row, SessionStatus.EXPIRED)
        return None
    return row


async def note_join(book: SessionBook, row: SessionRow, side: Side, address: str) -> None:
    """Log that *side* has joined, and from where; the passes issued before are no longer good."""
    await spend_passes(book.connection, row.id, book.now)
    await book.log(row.id, _JOINED[side], detail=address)


def _log_refused(address: str, why: str) -> None:
    # For programs that shut out who guesses: docs/server.md shows them this line. Never the PIN.
    _log.warning("PIN refused", extra={"address": address, "why": why})


async def connecting(
    book: SessionBook, row: SessionRow, **changes: Unpack[SessionChanges]
) -> SessionRow:
    """Note that an invited session's customer is on their way; leave other sessions alone."""
    if row.status is not SessionStatus.INVITED:
        return row
    return await book.change(row, SessionStatus.CONNECTING, **changes)


async def leave(book: SessionBook, row: SessionRow) -> SessionRow:
    """End a session as its customer wants, unless it has ended already."""
    return row if row.over else await book.change(row, _left(row))


async def lose(book: SessionBook, row: SessionRow) -> None:
    """Give a session whose customer is gone the status that follows, if any does."""
    if row.status is SessionStatus.CONNECTING:
        await book.change(row, SessionStatus.INVITED)
    elif row.status in PRESENT:
        await book.change(
            row,
            SessionStatus.RECONNECTING,
            returns_to=row.status,
            returns_since=row.status_since,
        )


async def come_back(book: SessionBook, row: SessionRow) -> SessionRow:
    """Note that a session's customer is connected; a lost session regains its earlier status."""
    if row.status in LOST:
        return await _return(book, row)
    return await book.note(row, seen_at=book.now)


async def _return(book: SessionBook, row: SessionRow) -> SessionRow:
    goal, since = row.returns_to or SessionStatus.WAITING, row.returns_since
    changes: SessionChanges = {"returns_to": None, "returns_since": None, "seen_at": book.now}
    if row.status is SessionStatus.OFFLINE and goal in SET_ASIDE:
        # A session set aside or in transfer so long ago waits again, with a full waiting limit,
        # for the technician who has it.
        if goal is SessionStatus.TRANSFERRING:
            changes |= await call_off(book, row)
        goal, since = SessionStatus.WAITING, None
    return await book.change(row, goal, since=since, **changes)


def _left(row: SessionRow) -> SessionStatus:
    if row.status is SessionStatus.OFFLINE:
        return SessionStatus.TIMED_OUT
    lost = row.status is SessionStatus.RECONNECTING
    if (row.returns_to if lost else row.status) is SessionStatus.WAITING:
        return SessionStatus.CLOSED_BY_WAITING_CUSTOMER
    return SessionStatus.CLOSED_BY_CUSTOMER


async def session_of_link(connection: AsyncConnection, parts: LinkParts | None) -> str | None:
    """Return the id of the session with the code and key in *parts*, or None."""
    if parts is None:
        return None
    query = (
        select(sessions.c.id, sessions.c.link_key)
        .where(sessions.c.code == parts.code)
        .order_by(sessions.c.live.desc(), sessions.c.id.desc())
    )
    for session_id, link_key in await connection.execute(query):
        if secrets.compare_digest(link_key, parts.key):
            return session_id
    return None


def _has_joined(token: str) -> ColumnElement[bool]:
    """Return the condition for the session that the browser with *token* has joined."""
    return sessions.c.customer_token_hash == token_hash(token)


async def _lock_joined(book: SessionBook, token: str | None) -> SessionRow | None:
    """Return the session that the browser with *token* has joined, locked for writing, or None."""
    if not token:
        return None
    query = select(sessions.c.id).where(_has_joined(token))
    session_id = (await book.connection.execute(query)).scalar()
    return await book.lock(session_id) if session_id else None


async def _view_of(connection: AsyncConnection, which: ColumnElement[bool]) -> CustomerView | None:
    row = await read_session(connection, which)
    return await _view(connection, row) if row else None


async def _view(connection: AsyncConnection, row: SessionRow) -> CustomerView:
    name = (await connection.execute(select(organization.c.name))).scalar_one()
    return CustomerView(
        session_id=row.id,
        status=row.status,
        joined=row.customer_token_hash is not None,
        name=row.name,
        technician=row.names.holder or row.names.creator,
        organization=name,
        platform=row.platform,
        consents=row.consents,
        applet=row.applet_connected,
    )


async def _lock_beside(book: SessionBook, parts: LinkParts | None) -> SessionRow | None:
    """Return the session that a pass lets a browser into beside the applet, locked for writing."""
    session_id = await session_of_pass(book.connection, parts, Side.PAGE)
    if session_id is None or parts is None:
        return None
    row = await book.lock(session_id)
    good = await is_good(book.connection, parts.key, book.now)
    return row if good and not row.over and row.customer_token_hash is None else None


async def _brings_applet(
    connection: AsyncConnection, link: LinkParts | None, token: str | None
) -> str | None:
    """Return the id of the session for which the applet may be downloaded, or None."""
    by_cookie = select(sessions.c.id).where(_has_joined(token or ""), sessions.c.live)
    own = (await connection.execute(by_cookie)).scalar() if token else None
    if link is None:
        return own
    invited = await session_of_link(connection, link)
    if invited is None or invited == own:
        return invited
    nobody = select(sessions.c.id).where(sessions.c.id == invited, sessions.c.status.in_(JOINABLE))
    return (await connection.execute(nobody)).scalar()
