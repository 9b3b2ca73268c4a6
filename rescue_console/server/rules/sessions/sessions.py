"""What technicians do with sessions: create, list, start, hold, transfer, close."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

import msgspec
from msgspec import UNSET
from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import LogEntry, Session, SessionLog, SessionPage
from rescue_console.protocol.choices import Availability, ConnectionMethod, Language
from rescue_console.protocol.holder import holder
from rescue_console.protocol.limits import PAGE_SIZE_MAX
from rescue_console.protocol.permissions import METHOD_PERMISSIONS, Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import CreateSession, TransferSession
from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.protocol.statuses import STARTABLE, SessionStatus, is_over
from rescue_console.server.mail.languages import spoken
from rescue_console.server.refusals import (
    check_email,
    check_optional_text,
    invalid,
    not_found,
    refuse,
)
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.codes import draw_code, draw_key
from rescue_console.server.rules.book.book import SessionBook, status_conflict
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.deadlines import deadline
from rescue_console.server.rules.book.rows import (
    SessionNames,
    SessionRow,
    read_session,
    read_sessions,
    select_sessions,
)
from rescue_console.server.rules.sessions.availability import read_colleagues
from rescue_console.server.rules.sessions.hand_over import hand_over
from rescue_console.server.rules.sessions.mail_text import SessionMail
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.numbers import newest_event
from rescue_console.server.storage.tables import (
    idempotency,
    organization,
    session_log,
    sessions,
    technicians,
)


class Sessions:
    """The technicians' side of sessions."""

    def __init__(self, books: SessionBooks, mail: SessionMail) -> None:
        self._books = books
        self._mail = mail

    async def create(
        self, caller: Caller, request: CreateSession, key: str | None = None
    ) -> Session:
        """Create a session; repeating a *key* returns the session created first.

        Raises:
            Refusal: ``permission-missing``, ``invalid``, ``key-reused`` or ``codes-exhausted``.
        """
        caller.require(Permission.PRIVATE_SESSIONS, METHOD_PERMISSIONS[request.method])
        if request.mobile or request.platform.is_mobile:
            caller.require(Permission.MOBILE_MODULE)
        name = check_optional_text("name", request.name)
        recipient = check_email("to", request.to) if request.to is not UNSET else None
        fingerprint = hashlib.sha256(msgspec.json.encode(request)).hexdigest()
        async with self._books.write() as book:
            if key is not None:
                earlier = await _earlier(book.connection, caller, key, fingerprint)
                if earlier is not None:
                    return await self._with_mail(book, caller, await book.lock(earlier))
            row = await _new_session(book, caller, request, name, recipient)
            await book.add(row, who=caller.name, detail=request.method)
            if key is not None:
                await _keep_key(book, caller, key, fingerprint, row.id)
            return await self._with_mail(book, caller, row)

    async def read(self, caller: Caller, session_id: str) -> Session:
        """Return one session with its mail text.

        Raises:
            Refusal: ``not-found``, also for a session that the caller may not see.
        """
        async with self._books.read() as book:
            row = await find_visible(book.connection, caller, session_id)
            return await self._with_mail(book, caller, row)

    async def page(
        self,
        caller: Caller,
        statuses: Sequence[SessionStatus],
        after: str | None,
        limit: int,
    ) -> SessionPage:
        """Return sessions that the caller may see, newest first.

        Args:
            caller: Who asks.
            statuses: Return only sessions with these; empty = all.
            after: The cursor from the previous page.
            limit: The largest number of sessions to return.
        """
        query = select_sessions().where(_may_see(caller))
        if statuses:
            query = query.where(sessions.c.status.in_(statuses))
        if after is not None:
            query = query.where(sessions.c.id < after)
        query = query.order_by(sessions.c.id.desc()).limit(limit + 1)
        async with self._books.read() as book:
            number = await newest_event(book.connection)
            rows = await read_sessions(book.connection, query)
        items = [book.view(row) for row in rows[:limit]]
        more = items[-1].id if len(rows) > limit else None
        return SessionPage(items=items, event_number=number, next=more)

    async def log(
        self,
        caller: Caller,
        session_id: str,
        before: int | None = None,
        limit: int = PAGE_SIZE_MAX,
    ) -> SessionLog:
        """Return a page of a session's log: its newest lines, or the last ones below *before*.

        Raises:
            Refusal: ``not-found``.
        """
        columns = session_log.c
        query = (
            select(columns.at, columns.what, columns.who, columns.detail, columns.id)
            .where(columns.session_id == session_id)
            .order_by(columns.id.desc())
            .limit(limit + 1)
        )
        if before is not None:
            query = query.where(columns.id < before)
        async with self._books.read() as book:
            await find_visible(book.connection, caller, session_id)
            rows = (await book.connection.execute(query)).all()
        items = [
            LogEntry(at=at, what=what, who=who, detail=detail, number=number)
            for at, what, who, detail, number in rows[:limit]
        ]
        return SessionLog(items=items[::-1], more=len(rows) > limit)

    async def start(self, caller: Caller, session_id: str) -> Session:
        """Make a waiting, held or transferred session active with the caller.

        Raises:
            Refusal: ``not-found``; ``taken-by`` with the name of who has it;
                ``status-conflict``; ``too-many-active``.
        """
        async with self._books.write() as book:
            row = await find_visible(book.connection, caller, session_id, book)
            mine = row.technician_id == caller.technician_id
            if row.status is SessionStatus.ACTIVE and mine:
                return book.view(row)
            _refuse_if_taken(row, mine)
            _refuse_if_not_offered(caller, row)
            if row.status not in STARTABLE:
                raise status_conflict(row.status, SessionStatus.ACTIVE)
            await _refuse_if_too_many(book.connection, caller)
            return book.view(await hand_over(book, row, caller))

    async def hold(self, caller: Caller, session_id: str) -> Session:
        """Set an active session aside.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by`` or ``status-conflict``.
        """
        caller.require(Permission.HOLD_SESSIONS)
        return await self._change_own(caller, session_id, SessionStatus.ON_HOLD)

    async def close(self, caller: Caller, session_id: str) -> Session:
        """End a session; closing one that is over changes nothing.

        Raises:
            Refusal: ``not-found`` or ``taken-by``.
        """
        return await self._change_own(caller, session_id, SessionStatus.CLOSED_BY_TECHNICIAN)

    async def transfer(self, caller: Caller, session_id: str, request: TransferSession) -> Session:
        """Offer a session to a colleague or a group.

        Raises:
            Refusal: ``permission-missing``, ``not-found``, ``taken-by``, ``invalid``,
                ``not-available`` for a colleague who is away or busy, or ``status-conflict``.
        """
        caller.require(Permission.TRANSFER_SESSIONS)
        if (request.technician_id is None) == (request.group_id is None):
            raise invalid("technician_id", "Choose one colleague or one group.")
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            await _check_taker(book, caller, request)
            row = await book.change(
                row,
                SessionStatus.TRANSFERRING,
                who=caller.name,
                detail=request.comment,
                transfer_from=caller.technician_id,
                transfer_to_technician=request.technician_id,
                transfer_to_group=request.group_id,
                transfer_comment=request.comment,
            )
            return book.view(row)

    async def _change_own(self, caller: Caller, session_id: str, status: SessionStatus) -> Session:
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            if row.status is not status and not (row.over and is_over(status)):
                row = await book.change(row, status, who=caller.name)
            return book.view(row)

    async def _with_mail(self, book: SessionBook, caller: Caller, row: SessionRow) -> Session:
        session = book.view(row)
        if session.method is ConnectionMethod.EMAIL:
            session.mail = await self._mail.text_for(book, caller, session)
        return session


def life_of(method: ConnectionMethod, settings: ResolvedSettings) -> timedelta | None:
    """Return how long a new code of *method* lives; ``None`` = forever."""
    if method is ConnectionMethod.PIN:
        minutes = settings.pin_life_minutes
    else:
        minutes = settings.link_life_hours * 60
    return timedelta(minutes=minutes) if minutes else None


def _may_see(caller: Caller) -> ColumnElement[bool]:
    me = caller.technician_id
    return or_(
        sessions.c.group_id.in_(caller.visible_groups),
        sessions.c.created_by == me,
        sessions.c.technician_id == me,
        sessions.c.transfer_from == me,
        sessions.c.transfer_to_technician == me,
        sessions.c.transfer_to_group.in_(caller.visible_groups),
    )


async def find_visible(
    connection: AsyncConnection,
    caller: Caller,
    session_id: str,
    book: SessionBook | None = None,
) -> SessionRow:
    """Return a session that the caller may see; with a *book*, locked for writing.

    Raises:
        Refusal: ``not-found``.
    """
    seen = select(sessions.c.id).where(sessions.c.id == session_id, _may_see(caller))
    if (await connection.execute(seen)).first() is None:
        raise not_found("session")
    if book is not None:
        return await book.lock(session_id)
    row = await read_session(connection, sessions.c.id == session_id)
    assert row is not None, "seen in this transaction"
    return row


async def find_own(book: SessionBook, caller: Caller, session_id: str) -> SessionRow:
    """Return a session that the caller holds, or any for an administrator, locked for writing.

    Raises:
        Refusal: ``not-found``, or ``taken-by`` with the name of who has it.
    """
    row = await find_visible(book.connection, caller, session_id, book)
    current = holder(book.view(row))
    if current.id != caller.technician_id and not caller.administrator:
        name = current.name
        raise refuse(
            ProblemWord.TAKEN_BY,
            f"{name} has this session; only {name} or an administrator can do this.",
            holder=name,
        )
    return row


async def _earlier(
    connection: AsyncConnection, caller: Caller, key: str, fingerprint: str
) -> str | None:
    query = select(idempotency.c.request, idempotency.c.session_id).where(
        idempotency.c.technician_id == caller.technician_id, idempotency.c.key == key
    )
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    request, session_id = row
    if request != fingerprint:
        raise refuse(
            ProblemWord.KEY_REUSED,
            "This Idempotency-Key was used for another request. Use a new key for a new session.",
        )
    return session_id


async def _keep_key(
    book: SessionBook, caller: Caller, key: str, fingerprint: str, session_id: str
) -> None:
    await book.connection.execute(
        insert(idempotency).values(
            {
                idempotency.c.technician_id: caller.technician_id,
                idempotency.c.key: key,
                idempotency.c.request: fingerprint,
                idempotency.c.session_id: session_id,
                idempotency.c.created_at: book.now,
            }
        )
    )


async def _new_session(
    book: SessionBook, caller: Caller, request: CreateSession, name: str, recipient: str | None
) -> SessionRow:
    life = life_of(request.method, caller.settings)
    expires_at = book.now + life if life else None
    ends = deadline(SessionStatus.INVITED, book.now, expires_at, caller.settings)
    return SessionRow(
        id=new_id(book.now),
        name=name,
        status=SessionStatus.INVITED,
        status_since=book.now,
        due_at=ends.at if ends else None,
        live=True,
        method=request.method,
        language=spoken(request.language or await _default_language(book.connection)),
        mobile=request.mobile,
        platform=request.platform,
        recipient=recipient,
        code=await draw_code(book.connection, request.method, book.now),
        link_key=draw_key(),
        created_at=book.now,
        expires_at=expires_at,
        created_by=caller.technician_id,
        group_id=caller.group_id,
        names=SessionNames(creator=caller.name, group=caller.group_name),
    )


async def _default_language(connection: AsyncConnection) -> Language:
    return (await connection.execute(select(organization.c.language))).scalar_one()


def _refuse_if_taken(row: SessionRow, mine: bool) -> None:
    if mine or row.technician_id is None or row.over:
        return
    if row.status is not SessionStatus.TRANSFERRING:
        name = row.names.holder or ""
        raise refuse(ProblemWord.TAKEN_BY, f"{name} already has this session.", holder=name)


def _refuse_if_not_offered(caller: Caller, row: SessionRow) -> None:
    if row.status is not SessionStatus.TRANSFERRING:
        return
    offered = (
        caller.technician_id in (row.transfer_from, row.transfer_to_technician)
        or row.transfer_to_group in caller.visible_groups
    )
    if not offered:
        taker = row.names.taker or row.names.taker_group
        raise refuse(
            ProblemWord.NOT_ALLOWED,
            f"{row.names.giver} is transferring this session to {taker}.",
        )


async def _refuse_if_too_many(connection: AsyncConnection, caller: Caller) -> None:
    query = select(func.count()).where(
        sessions.c.technician_id == caller.technician_id,
        sessions.c.status == SessionStatus.ACTIVE,
    )
    limit = caller.settings.max_active_sessions
    if (await connection.execute(query)).scalar_one() >= limit:
        raise refuse(
            ProblemWord.TOO_MANY_ACTIVE,
            f"You have {limit} active sessions, the most that your group allows. "
            "Close one or put one on hold first.",
        )


async def _check_taker(book: SessionBook, caller: Caller, request: TransferSession) -> None:
    if request.group_id is not None:
        if book.tree.get(request.group_id) is None:
            raise invalid("group_id", "There is no such group.")
        return
    if request.technician_id == caller.technician_id:
        raise invalid("technician_id", "You already have this session.")
    found = await read_colleagues(book, technicians.c.id == request.technician_id)
    if not found:
        raise invalid("technician_id", "There is no such technician.")
    if found[0].availability is not Availability.ONLINE:
        raise refuse(
            ProblemWord.NOT_AVAILABLE,
            f"{found[0].name} is {found[0].availability} at the moment. "
            "Choose somebody else, or a group.",
        )
