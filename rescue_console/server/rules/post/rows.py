"""The mail queue's rows in the database, each claimed by one server node and settled once.

A claim is a lease: until it ends no other node claims the row, and if its node dies it ends by
itself. So a mail may reach the mail server twice (with the same Message-ID), but is never lost.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

from msgspec import Struct
from sqlalchemy import ColumnElement, Executable, func, or_, select, update

from rescue_console.protocol.choices import EmailState, Language
from rescue_console.protocol.email_troubles import Blame, EmailTrouble, blame
from rescue_console.protocol.log_kinds import EmailProgressed, EmailTroubled
from rescue_console.protocol.statuses import is_over
from rescue_console.server.clock import Clock
from rescue_console.server.events.log import tell_email
from rescue_console.server.events.stream import EventStream
from rescue_console.server.mail.message import Mail
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import EmailRow, email_view
from rescue_console.server.rules.post.pauses import next_attempt
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.rows import columns_of, read_first, read_rows
from rescue_console.server.storage.tables import emails, sessions

LEASE = timedelta(seconds=60)
"""How long a claim lasts unless renewed; the nodes' clocks must differ by less than this."""


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that this node alone is to deliver."""

    id: str
    session_id: str
    attempts: int
    created_at: datetime
    trouble: EmailTrouble | None
    mail: Mail


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one delivery attempt; QUEUED means that another may follow.

    Attributes:
        detail: The mail server's words, if it gave an answer that was not yes.
        trouble: Why it was not delivered.
        tried: Whether the mail server was asked at all.
    """

    state: EmailState
    detail: str = ""
    trouble: EmailTrouble | None = None
    tried: bool = True


class MailRows:
    """Reads and writes the queue.

    Args:
        database: Where the rows are.
        stream: Poked when outcomes have been committed, so that consoles hear of them.
        clock: Tells the time of leases and attempts.
        public_url: The server's own public URL, for the links of sessions in events.
    """

    def __init__(
        self, database: Database, stream: EventStream, clock: Clock, public_url: str
    ) -> None:
        self._database = database
        self._stream = stream
        self._clock = clock
        self._public_url = public_url

    async def wait_s(self) -> float | None:
        """Return the seconds until the next mail is due: 0 if one is now, ``None`` if none waits.

        Raises:
            StorageError: see Database.read.
        """
        query = select(func.min(emails.c.next_attempt_at)).where(self._unclaimed())
        async with self._database.read() as connection:
            due = (await connection.execute(query)).scalar()
        return None if due is None else max(0.0, (due - self._clock()).total_seconds())

    async def claim(self, limit: int) -> list[ClaimedMail]:
        """Claim at most *limit* mails that are due, starting with those overdue longest.

        Raises:
            StorageError: see Database.write.
        """
        async with self._database.write() as connection:
            rows = await read_rows(connection, QueuedMail, self._claim_due(limit, self._clock()))
        return [row.claimed() for row in sorted(rows, key=lambda row: row.id)]

    def _claim_due(self, limit: int, now: datetime) -> Executable:
        due = (
            select(emails.c.id)
            .where(self._unclaimed(), emails.c.next_attempt_at <= now)
            .order_by(emails.c.next_attempt_at, emails.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
            # PostgreSQL may run a plain subquery once per row and find different rows each time.
            .prefix_with("MATERIALIZED", dialect="postgresql")
        )
        return (
            update(emails)
            .where(emails.c.id.in_(select(due)), self._unclaimed())
            .values({emails.c.claimed_until: now + LEASE})
            .returning(*columns_of(QueuedMail, emails))
        )

    async def renew(self, ids: Collection[str]) -> None:
        """Extend the leases of *ids* to a full LEASE from now.

        Raises:
            StorageError: see Database.write.
        """
        await self._lease(emails.c.id.in_(ids), LEASE)

    async def release(self, ids: Collection[str]) -> None:
        """Give up the claims on *ids*, whose delivery was not attempted.

        Raises:
            StorageError: see Database.write.
        """
        await self._lease(emails.c.id.in_(ids), None)

    async def take_over(self) -> None:
        """Release what this node had claimed before it died, and try at once what waits for IT.

        A server is started again mostly because its settings have been mended.
        An SQLite database belongs to one node, so every claim in it was this node's. On PostgreSQL
        a claim may be another node's, so its lease has to run out.

        Raises:
            StorageError: see Database.write.
        """
        if self._database.is_sqlite:
            await self._lease(emails.c.claimed_until.is_not(None), None)
        for_it = [trouble for trouble in EmailTrouble if blame(trouble) is Blame.OURS]
        async with self._database.write() as connection:
            waiting = self._unclaimed() & emails.c.trouble.in_(for_it)
            now = {emails.c.next_attempt_at: self._clock()}
            await connection.execute(update(emails).where(waiting).values(now))

    async def queued(self, ids: Collection[str]) -> list[ClaimedMail]:
        """Return those of *ids* that the database does not know to be sent.

        Raises:
            StorageError: see Database.read.
        """
        which = (emails.c.id.in_(ids), emails.c.state != EmailState.SENT)
        query = select(*columns_of(QueuedMail, emails)).where(*which)
        async with self._database.read() as connection:
            return [row.claimed() for row in await read_rows(connection, QueuedMail, query)]

    async def session_is_over(self, session_id: str) -> bool:
        """Tell whether a session has ended, so that its link is of no use any more.

        Raises:
            StorageError: see Database.read.
        """
        query = select(sessions.c.status).where(sessions.c.id == session_id)
        async with self._database.read() as connection:
            return is_over((await connection.execute(query)).scalar_one())

    async def settle(self, outcomes: Sequence[tuple[ClaimedMail, Outcome]]) -> None:
        """Record the outcomes of attempts and tell everybody, in one transaction.

        SENT is recorded even if another node has settled the row meanwhile, because it is true.

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

    async def _lease(self, which: ColumnElement[bool], lasts: timedelta | None) -> None:
        change = update(emails).where(which, emails.c.state == EmailState.QUEUED)
        async with self._database.write() as connection:
            until = self._clock() + lasts if lasts else None
            await connection.execute(change.values({emails.c.claimed_until: until}))


async def count_queued(database: Database) -> dict[EmailTrouble | None, int]:
    """Return how many mails wait to be sent, by what has kept them so far, for the metrics."""
    query = (
        select(emails.c.trouble, func.count())
        .where(emails.c.state == EmailState.QUEUED)
        .group_by(emails.c.trouble)
    )
    async with database.read() as connection:
        return dict((await connection.execute(query)).all())


class QueuedMail(Struct, frozen=True):
    """What a node must know about a mail to deliver it."""

    id: str
    session_id: str
    attempts: int
    trouble: EmailTrouble | None
    message_id: str
    sender: str
    sender_name: str
    reply_to: str
    recipient: str
    subject: str
    text: str
    link: str
    language: Language
    created_at: datetime

    def claimed(self) -> ClaimedMail:
        """Return the mail in the form that the queue works with."""
        return ClaimedMail(
            id=self.id,
            session_id=self.session_id,
            attempts=self.attempts,
            created_at=self.created_at,
            trouble=self.trouble,
            mail=Mail(
                message_id=self.message_id,
                sender=self.sender,
                sender_name=self.sender_name,
                reply_to=self.reply_to,
                recipient=self.recipient,
                subject=self.subject,
                text=self.text,
                link=self.link,
                language=self.language,
                created_at=self.created_at,
            ),
        )


async def _settle(book: SessionBook, claimed: ClaimedMail, outcome: Outcome) -> None:
    change = (
        update(emails)
        .where(emails.c.id == claimed.id, _may_settle(outcome))
        .values(**_settled(claimed, outcome, book.now))
        .returning(*columns_of(EmailRow, emails))
    )
    row = await read_first(book.connection, EmailRow, change)
    if row is None:
        return
    if row.trouble is not None and row.trouble is not claimed.trouble:
        said = row.detail if row.state is EmailState.QUEUED else ""
        await book.log(row.session_id, EmailTroubled(row.trouble), detail=said)
    if row.state is not EmailState.QUEUED:
        await book.log(row.session_id, EmailProgressed(row.state), detail=row.detail)
    session = book.view(await book.lock(row.session_id))
    await tell_email(book.connection, email_view(row), session, book.now)


def _may_settle(outcome: Outcome) -> ColumnElement[bool]:
    if outcome.state is EmailState.SENT:
        return emails.c.state != EmailState.SENT
    return emails.c.state == EmailState.QUEUED


class Settled(TypedDict):
    """What an attempt changes in a mail's row."""

    state: EmailState
    detail: str
    trouble: EmailTrouble | None
    attempts: int
    changed_at: datetime
    next_attempt_at: datetime | None
    claimed_until: datetime | None


def _settled(claimed: ClaimedMail, outcome: Outcome, now: datetime) -> Settled:
    attempts = claimed.attempts + outcome.tried
    again = None
    if outcome.state is EmailState.QUEUED:
        again = next_attempt(attempts, claimed.created_at, now)
    given_up = outcome.state is EmailState.QUEUED and again is None
    return {
        "state": EmailState.FAILED if given_up else outcome.state,
        "detail": outcome.detail,
        "trouble": outcome.trouble,
        "attempts": attempts,
        "changed_at": now,
        "next_attempt_at": again,
        "claimed_until": None,
    }
