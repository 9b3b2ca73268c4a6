"""The mail API: accepts e-mails for delivery by the Rescue servers, once per key."""

import math
from collections.abc import Callable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Email, EmailPage, MailText
from rescue_console.protocol.choices import ConnectionMethod, EmailState
from rescue_console.protocol.log_kinds import EmailProgressed
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import PreviewMail, SendEmail
from rescue_console.protocol.statuses import JOINABLE
from rescue_console.server.clock import AHEAD
from rescue_console.server.refusals import check_email, invalid, refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import EmailRow, SessionRow, email_view
from rescue_console.server.rules.sessions.mail_text import NOT_SET_UP, SessionMail
from rescue_console.server.rules.sessions.sessions import find_own, find_visible, life_of
from rescue_console.server.storage.moving_times import COUNTED
from rescue_console.server.storage.rows import columns_of, read_first, read_rows
from rescue_console.server.storage.tables import emails

SESSION_MAX = 20
"""How many e-mails one session may send: its customer, some corrections, another address."""


_EMAILS = select(*columns_of(EmailRow, emails))


class Outbox:
    """Accepts, lists and previews sessions' e-mails. The queue sends them.

    Args:
        queued: Called when a mail has been queued, so that it goes out at once.
        hour_max: How many e-mails one technician may send within an hour.
    """

    def __init__(
        self, books: SessionBooks, mail: SessionMail, queued: Callable[[], None], hour_max: int
    ) -> None:
        self._hour_max = hour_max
        self._books = books
        self._mail = mail
        self._queued = queued

    async def send(self, caller: Caller, session_id: str, request: SendEmail, key: str) -> Email:
        """Accept an e-mail for a session; repeating a *key* returns the e-mail accepted first.

        The e-mail is in the database when this returns, so it can no longer be lost.

        Raises:
            Refusal: ``permission-missing``, ``mail-not-set-up``, ``not-found``, ``taken-by``,
                ``invalid``, ``key-reused``, ``too-many-mails``, or ``status-conflict``
                when nobody can join the session any more.
        """
        caller.require(Permission.METHOD_EMAIL, Permission.EMAIL_SERVER)
        to = check_email("to", request.to)
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            earlier = await _earlier(book.connection, caller, key)
            if earlier is not None:
                _refuse_other_use(earlier, row, to)
                return email_view(earlier)
            self._refuse_unsendable(row)
            await self._refuse_too_many(book, caller, row)
            await book.log(row.id, EmailProgressed(EmailState.QUEUED), who=caller.name)
            email = await self._mail.insert(book, caller, book.view(row), to, key)
        self._queued()
        return email

    async def list(self, caller: Caller, session_id: str) -> EmailPage:
        """Return a session's e-mails, oldest first.

        Raises:
            Refusal: ``not-found``.
        """
        query = _EMAILS.where(emails.c.session_id == session_id).order_by(emails.c.id)
        async with self._books.read() as book:
            await find_visible(book.connection, caller, session_id)
            rows = await read_rows(book.connection, EmailRow, query)
            return EmailPage(items=[email_view(row) for row in rows])

    async def preview(self, caller: Caller, request: PreviewMail) -> MailText:
        """Return the mail as it would be sent now.

        Raises:
            Refusal: ``invalid`` when the name is too long.
        """
        life = life_of(ConnectionMethod.EMAIL, caller.settings)
        async with self._books.read() as book:
            expires_at = book.now + life if life else None
            return await self._mail.preview(book.connection, caller, request, expires_at)

    async def _refuse_too_many(self, book: SessionBook, caller: Caller, row: SessionRow) -> None:
        if await _count(book.connection, emails.c.session_id == row.id) >= SESSION_MAX:
            raise refuse(
                ProblemWord.TOO_MANY_MAILS,
                f"This session has sent {SESSION_MAX} e-mails, which is all it may. Create a new "
                "one.",
            )
        query = (
            select(emails.c.created_at)
            .where(
                emails.c.technician_id == caller.technician_id,
                emails.c.created_at > book.now - COUNTED,
                # Not what a clock that was ahead has counted: it would count until then.
                emails.c.created_at <= book.now + AHEAD,
            )
            .order_by(emails.c.created_at.desc())
            .offset(self._hour_max - 1)
            .limit(1)
        )
        oldest = (await book.connection.execute(query)).scalar()
        if oldest is not None:
            wait_s = math.ceil((oldest + COUNTED - book.now).total_seconds())
            raise refuse(
                ProblemWord.TOO_MANY_MAILS,
                f"You have sent {self._hour_max} e-mails within an hour, which is all you may. "
                f"Wait {-(-wait_s // 60)} min, use your own mail client, or read out a PIN.",
                retry_after_s=wait_s,
            )

    def _refuse_unsendable(self, row: SessionRow) -> None:
        if not self._mail.enabled:
            raise refuse(ProblemWord.MAIL_NOT_SET_UP, NOT_SET_UP)
        if row.method is not ConnectionMethod.EMAIL:
            raise invalid("id", "Only a session made for e-mail can be sent by e-mail.")
        if row.status not in JOINABLE:
            raise refuse(
                ProblemWord.STATUS_CONFLICT,
                "Nobody can join this session any more. Create a new one.",
            )


async def _count(connection: AsyncConnection, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(emails).where(*which)
    return (await connection.execute(query)).scalar_one()


def _refuse_other_use(earlier: EmailRow, row: SessionRow, to: str) -> None:
    if (earlier.session_id, earlier.recipient) != (row.id, to):
        raise refuse(
            ProblemWord.KEY_REUSED,
            "This Idempotency-Key was used for another e-mail. Use a new key.",
        )


async def _earlier(connection: AsyncConnection, caller: Caller, key: str) -> EmailRow | None:
    query = _EMAILS.where(
        emails.c.technician_id == caller.technician_id, emails.c.idempotency_key == key
    )
    return await read_first(connection, EmailRow, query)
