"""The queue's rows in the database: claimed by one server node, settled once.

A claim is a lease: while it runs no other node takes the row, and when its node dies it ends by
itself. So a mail can be handed to the mail server twice (with one Message-ID), but never lost.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, update

from rescue_console.protocol.choices import EmailState, Language
from rescue_console.protocol.log_kinds import EmailProgressed
from rescue_console.protocol.statuses import SessionStatus, is_over
from rescue_console.server.clock import Clock
from rescue_console.server.events.log import tell_email
from rescue_console.server.events.stream import EventStream
from rescue_console.server.mail.message import Mail
from rescue_console.server.mail.pauses import next_attempt
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import email_view
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import emails, sessions

LEASE = timedelta(seconds=60)
"""How long a claim runs unless it is renewed; clocks of nodes must agree better than that."""


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that this node, and no other, is to deliver."""

    id: str
    session_id: str
    attempts: int
    created_at: datetime
    mail: Mail


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt; QUEUED means that it is tried again later.

    Attributes:
        detail: The mail server's own words.
        tried: Whether the mail server was asked at all.
    """

    state: EmailState
    detail: str = ""
    tried: bool = True


class MailRows:
    """Reads and writes the queue.

    Args:
        database: Where the rows are.
        stream: Poked after each commit, so that consoles hear of it.
        clock: Tells the time of leases and attempts.
        public_url: The server's own public URL, for the session that an event shows.
    """

    def __init__(
        self, database: Database, stream: EventStream, clock: Clock, public_url: str
    ) -> None:
        self._database = database
        self._stream = stream
        self._clock = clock
        self._public_url = public_url

    async def wait_s(self) -> float | None:
        """Return the seconds until a mail is due, 0 when one is, ``None`` when none is queued.

        Raises:
            StorageError: see Database.read.
        """
        query = select(func.min(emails.c.next_attempt_at)).where(self._unclaimed())
        async with self._database.read() as connection:
            due: datetime | None = (await connection.execute(query)).scalar()
        return None if due is None else max(0.0, (due - self._clock()).total_seconds())

    async def claim(self, limit: int) -> list[ClaimedMail]:
        """Claim at most *limit* mails that are due, the longest due first.

        Raises:
            StorageError: see Database.write.
        """
        now = self._clock()
        due = (
            select(emails.c.id)
            .where(self._unclaimed(), emails.c.next_attempt_at <= now)
            .order_by(emails.c.next_attempt_at, emails.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
            # PostgreSQL may run a mere subquery once for each row, each time finding other rows.
            .prefix_with("MATERIALIZED", dialect="postgresql")
        )
        claim = (
            update(emails)
            .where(emails.c.id.in_(select(due.c.id)), self._unclaimed())
            .values(claimed_until=now + LEASE)
            .returning(emails)
        )
        async with self._database.write() as connection:
            rows = (await connection.execute(claim)).all()
        return [_claimed(row) for row in sorted(rows, key=lambda row: row.id)]

    async def renew(self, ids: Collection[str]) -> None:
        """Let the leases of *ids* run on from now.

        Raises:
            StorageError: see Database.write.
        """
        await self._lease(emails.c.id.in_(ids), self._clock() + LEASE)

    async def release(self, ids: Collection[str]) -> None:
        """Give up the claims on *ids*, which were not tried.

        Raises:
            StorageError: see Database.write.
        """
        await self._lease(emails.c.id.in_(ids), None)

    async def take_over(self) -> None:
        """Release what this node had claimed before it died.

        An SQLite database belongs to one node, so every claim was this node's. On PostgreSQL it
        may be another's, and the lease must run out.

        Raises:
            StorageError: see Database.write.
        """
        if self._database.is_sqlite:
            await self._lease(emails.c.claimed_until.is_not(None), None)

    async def session_is_over(self, session_id: str) -> bool:
        """Tell whether nobody can use the link of a session any more.

        Raises:
            StorageError: see Database.read.
        """
        query = select(sessions.c.status).where(sessions.c.id == session_id)
        async with self._database.read() as connection:
            return is_over(SessionStatus((await connection.execute(query)).scalar_one()))

    async def settle(self, outcomes: Sequence[tuple[ClaimedMail, Outcome]]) -> None:
        """Write down what came of attempts, and tell everybody, in one transaction.

        "Sent" is taken even when another node has settled the row meanwhile: it is the truth.

        Raises:
            StorageError: see Database.write.
        """
        async with self._database.write() as connection:
            book = await SessionBook.open(connection, self._clock(), self._public_url)
            for claimed, outcome in outcomes:
                await _settle(book, claimed, outcome)
        self._stream.poke()

    def _unclaimed(self) -> ColumnElement[bool]:
        return (emails.c.state == EmailState.QUEUED) & or_(
            emails.c.claimed_until.is_(None), emails.c.claimed_until <= self._clock()
        )

    async def _lease(self, which: ColumnElement[bool], until: datetime | None) -> None:
        change = update(emails).where(which, emails.c.state == EmailState.QUEUED)
        async with self._database.write() as connection:
            await connection.execute(change.values(claimed_until=until))


async def _settle(book: SessionBook, claimed: ClaimedMail, outcome: Outcome) -> None:
    change = (
        update(emails)
        .where(emails.c.id == claimed.id, _may_settle(outcome))
        .values(**_values(claimed, outcome, book.now))
        .returning(emails)
    )
    row = (await book.connection.execute(change)).first()
    if row is None:
        return
    if row.state != EmailState.QUEUED:
        await book.log(row.session_id, EmailProgressed(EmailState(row.state)), detail=row.detail)
    session = book.view(await book.lock(row.session_id))
    await tell_email(book.connection, email_view(row), session, book.now)


def _may_settle(outcome: Outcome) -> ColumnElement[bool]:
    if outcome.state is EmailState.SENT:
        return emails.c.state != EmailState.SENT
    return emails.c.state == EmailState.QUEUED


def _values(claimed: ClaimedMail, outcome: Outcome, now: datetime) -> dict[str, Any]:
    attempts = claimed.attempts + outcome.tried
    again = None
    if outcome.state is EmailState.QUEUED:
        again = next_attempt(attempts, claimed.created_at, now)
    given_up = outcome.state is EmailState.QUEUED and again is None
    return {
        "state": EmailState.FAILED if given_up else outcome.state,
        "detail": outcome.detail,
        "attempts": attempts,
        "changed_at": now,
        "next_attempt_at": again,
        "claimed_until": None,
    }


def _claimed(row: Row[Any]) -> ClaimedMail:
    return ClaimedMail(
        id=row.id,
        session_id=row.session_id,
        attempts=row.attempts,
        created_at=row.created_at,
        mail=Mail(
            message_id=row.message_id,
            sender=row.sender,
            sender_name=row.sender_name,
            reply_to=row.reply_to,
            recipient=row.recipient,
            subject=row.subject,
            text=row.text,
            link=row.link,
            language=Language(row.language),
            created_at=row.created_at,
        ),
    )
