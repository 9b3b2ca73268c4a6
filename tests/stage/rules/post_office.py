"""One server node's mail queue on a real database, with a clock that the test moves."""

import asyncio
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, insert, select, update

from rescue_console.protocol.choices import EmailState, Language
from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.stream import EventStream
from rescue_console.server.mail.opening import open_transport
from rescue_console.server.mail.smtp_url import read_mail_url
from rescue_console.server.mail.transport import Transport
from rescue_console.server.rules.organization.owner import create_owner
from rescue_console.server.rules.post.accepted import AcceptedMails
from rescue_console.server.rules.post.queue import MailQueue
from rescue_console.server.rules.post.rows import MailRows
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import emails, events, groups, sessions, technicians
from tests.stage.rules.mail_samples import LINK
from tests.stage.until import WAIT_S


class PostOffice:
    """A mail queue, with ways to fill it and to look at its mails and events."""

    def __init__(self, database: Database, smtp_url: str) -> None:
        self.now = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
        self.database = database
        self._stream = EventStream(database)
        self._changed = asyncio.Event()
        self._stream.on_local_poke(self._changed.set)
        self.rows = MailRows(database, self._stream, lambda: self.now, "https://help.example")
        self._folder = tempfile.TemporaryDirectory()
        self.accepted = AcceptedMails(Path(self._folder.name))
        self.counted: Counter[EmailTrouble | None] = Counter()
        self.use(open_transport(read_mail_url(smtp_url)))
        self._running: asyncio.Task[None] | None = None

    async def set_up(self) -> None:
        """Make the organization and its owner."""
        await create_owner(
            self.database,
            lambda: self.now,
            email="tom@help.example",
            name="Tom Baker",
            password=secrets.token_hex(16),
            organization_name="Helpers",
            language=Language("en"),
        )

    def use(self, transport: Transport) -> None:
        """Let the queue deliver by another transport; call this before ``open``."""

        def count(trouble: EmailTrouble | None) -> None:
            self.counted[trouble] += 1

        self.queue = MailQueue(self.rows, transport, self.accepted, count)

    def open(self) -> None:
        """Start the queue."""
        self._running = asyncio.create_task(self.queue.run())

    async def close(self) -> None:
        """Stop it as the server does, and clean up."""
        await self.queue_ends()
        self._folder.cleanup()

    async def queue_ends(self) -> None:
        """Stop the queue as the server does."""
        if self._running is not None:
            self.queue.stop()
            await asyncio.wait_for(self._running, WAIT_S)
            self._running = None

    async def crash(self) -> None:
        """End the queue as if its process was killed: it writes nothing more."""
        assert self._running is not None
        self._running.cancel()
        await asyncio.wait([self._running], timeout=WAIT_S)
        self._running = None

    async def accept(self, recipient: str = "customer@example.org") -> str:
        """Make a session and queue its mail; return the mail's id."""
        async with self.database.write() as connection:
            owner = (await connection.execute(select(technicians))).one()
            group_id = (await connection.execute(select(groups.c.id))).scalar_one()
            session_id, email_id = new_id(self.now), new_id(self.now)
            await connection.execute(
                insert(sessions).values(
                    id=session_id,
                    name="Ada",
                    status=SessionStatus.INVITED,
                    status_since=self.now,
                    live=True,
                    method="email",
                    language="en",
                    mobile=False,
                    platform="auto",
                    code=str(secrets.randbelow(10**12)).zfill(12),
                    link_key="k" * 22,
                    created_at=self.now,
                    created_by=owner.id,
                    group_id=group_id,
                )
            )
            await connection.execute(
                insert(emails).values(
                    id=email_id,
                    session_id=session_id,
                    technician_id=owner.id,
                    idempotency_key=email_id,
                    recipient=recipient,
                    message_id=f"<{email_id}@help.example>",
                    sender="support@help.example",
                    sender_name="Tom Baker, Helpers",
                    reply_to="tom@help.example",
                    subject="Link",
                    text=f"Click {LINK}",
                    link=LINK,
                    language="en",
                    state=EmailState.QUEUED,
                    attempts=0,
                    detail="",
                    created_at=self.now,
                    changed_at=self.now,
                    next_attempt_at=self.now,
                )
            )
        self.queue.poke()
        return email_id

    async def end_session(self, email_id: str) -> None:
        """Close the session that a mail is for."""
        row = await self.read(email_id)
        change = update(sessions).where(sessions.c.id == row.session_id)
        async with self.database.write() as connection:
            await connection.execute(
                change.values(status=SessionStatus.CLOSED_BY_TECHNICIAN, live=False)
            )

    def advance(self, **by: float) -> None:
        """Move the clock forward and let the queue look at it."""
        self.now += timedelta(**by)
        self.queue.poke()

    async def read(self, email_id: str) -> Row[Any]:
        """Return a mail's row."""
        async with self.database.read() as connection:
            query = select(emails).where(emails.c.id == email_id)
            return (await connection.execute(query)).one()

    async def all(self) -> list[Row[Any]]:
        """Return every mail's row."""
        async with self.database.read() as connection:
            return list(await connection.execute(select(emails).order_by(emails.c.id)))

    async def told(self) -> list[tuple[str, str]]:
        """Return the kind and body of every event so far."""
        async with self.database.read() as connection:
            rows = await connection.execute(select(events).order_by(events.c.number))
            return [(row.kind, row.body) for row in rows]

    async def until(self, email_id: str, holds: Callable[[Row[Any]], bool]) -> Row[Any]:
        """Wait until *holds* is true of a mail's row; return the row.

        Raises:
            TimeoutError: *holds* did not become true in time.
        """
        async with asyncio.timeout(WAIT_S):
            while True:
                self._changed.clear()
                row = await self.read(email_id)
                if holds(row):
                    return row
                await self._changed.wait()

    async def until_state(self, email_id: str, state: EmailState) -> Row[Any]:
        """Wait until a mail is in *state*; return its row."""
        return await self.until(email_id, lambda row: row.state == state)

    async def until_attempts(self, email_id: str, attempts: int) -> Row[Any]:
        """Wait until there were *attempts* attempts to send a mail; return its row."""
        return await self.until(email_id, lambda row: row.attempts == attempts)
