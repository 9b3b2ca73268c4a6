"""The server's parts, built in the order of their dependencies and stopped in reverse."""

import asyncio
import contextlib
import hashlib
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rescue_console.server.clock import Clock, SteadyClock
from rescue_console.server.events.stream import EventStream
from rescue_console.server.mail.opening import open_transport
from rescue_console.server.mail.smtp_url import read_mail_url
from rescue_console.server.metrics import Metrics
from rescue_console.server.options import ServeOptions
from rescue_console.server.rules.access.sign_in import SignIns
from rescue_console.server.rules.access.throttle import Throttle
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.clockwork.attendance import Attendance
from rescue_console.server.rules.clockwork.clock_watch import ClockWatch
from rescue_console.server.rules.clockwork.presence import Presence
from rescue_console.server.rules.clockwork.reporter import Reporter
from rescue_console.server.rules.clockwork.timers import Timers
from rescue_console.server.rules.helping.activity import Activity
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.helping.chat import Chat
from rescue_console.server.rules.helping.customers import Customers
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.rules.helping.ice import IceSettings
from rescue_console.server.rules.helping.powers import Powers
from rescue_console.server.rules.helping.restarts import Restarts
from rescue_console.server.rules.helping.seats import Seats
from rescue_console.server.rules.helping.signals import Signals
from rescue_console.server.rules.organization.groups import Groups
from rescue_console.server.rules.organization.organization import OrganizationProfile
from rescue_console.server.rules.organization.technicians import Technicians
from rescue_console.server.rules.post.accepted import AcceptedMails
from rescue_console.server.rules.post.outbox import Outbox
from rescue_console.server.rules.post.queue import MailQueue
from rescue_console.server.rules.post.rows import MailRows
from rescue_console.server.rules.sessions.mail_text import SessionMail
from rescue_console.server.rules.sessions.notes import Notes
from rescue_console.server.rules.sessions.sessions import Sessions
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.kept_clock import ClockFile

if TYPE_CHECKING:
    from rescue_console.server.events.messenger import Messenger

AGAIN_S = 1.0
"""How long to wait before a background task that failed is started again."""

_log = logging.getLogger(__name__)

MAIL_FAREWELL_S = 5.0
"""How long a stopping server waits for mails that are being sent."""


class Parts:
    """Everything that the routes call.

    Raises:
        MailUrlRefused: the SMTP URL cannot be used.
    """

    def __init__(
        self, options: ServeOptions, database: Database, clock: Clock, public_url: str
    ) -> None:
        mail_settings = read_mail_url(options.smtp_url) if options.smtp_url else None
        self.database = database
        self.clock = clock
        self.public_url = public_url
        self.stream = EventStream(database)
        self.throttle = Throttle(database, clock)
        self.sign_ins = SignIns(database, self.stream, self.throttle, clock)
        books = SessionBooks(database, self.stream, clock, public_url)
        self.groups = Groups(books)
        self.organization = OrganizationProfile(database, books)
        self.technicians = Technicians(database, books)
        self.mail = SessionMail(
            public_url,
            mail_settings.sender if mail_settings else "",
            enabled=mail_settings is not None,
        )
        self.queue = (
            MailQueue(
                MailRows(database, self.stream, clock, public_url),
                open_transport(mail_settings),
                AcceptedMails(options.data),
                lambda trouble: self.metrics.count_mail(trouble),
            )
            if mail_settings
            else None
        )
        self.sessions = Sessions(books, self.mail)
        poke = self.queue.poke if self.queue else _nothing
        self.outbox = Outbox(books, self.mail, poke, options.mails_per_hour)
        self.customers = Customers(database, books, self.throttle)
        self.helping = Helping(books)
        self.presence = Presence(database, books, self.customers, self.helping)
        self.attendance = Attendance(database, clock)
        self.clock_watch = (
            ClockWatch(database, books, clock, ClockFile(options.data))
            if isinstance(clock, SteadyClock)
            else None
        )
        self.timers = Timers(database, books)
        self.applets = Applets(Path(options.applets) if options.applets else None)
        self.powers = Powers(books, self.applets)
        self.chat = Chat(books)
        self.signals = Signals(books)
        # Only the only node knows which consoles are connected.
        is_here = self.attendance.is_connected if database.is_sqlite else _perhaps
        self.seats = Seats(books, is_here)
        self.notes = Notes(books)
        self.restarts = Restarts(books)
        self.activity = Activity(books)
        self.ice = read_ice(options)
        self.reporter = Reporter(database, clock, _node(options.data))
        self.metrics = Metrics(database, self.stream, self.presence, self.reporter)
        self.messenger = _messenger(options.redis_url, self.stream) if options.redis_url else None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the background tasks while the block runs, and stop them in order afterwards.

        Raises:
            StorageError: the event log could not be written at the start.
        """
        if self.clock_watch:
            await self.clock_watch.begin()
        await self.stream.start(self.clock())
        await self.reporter.claim()
        if self.database.is_sqlite:
            await self.helping.forget_connected_applets()
        tasks = [
            asyncio.create_task(_keep_running(work))
            for work in (
                self.stream.follow,
                *([self.clock_watch.run] if self.clock_watch else []),
                self.timers.run,
                self.presence.beat,
                self.attendance.beat,
                self.reporter.beat,
                *([self.messenger.run] if self.messenger else []),
            )
        ]
        sending = asyncio.create_task(_keep_running(self.queue.run)) if self.queue else None
        try:
            yield
        finally:
            await self.presence.close()
            if self.queue and sending:
                self.queue.stop()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(sending, MAIL_FAREWELL_S)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self.messenger:
                await self.messenger.close()


async def _keep_running(work: Callable[[], Awaitable[None]]) -> None:
    """Run *work* until it returns; if it raises, log the error and run it again.

    The server depends on its background tasks, so a bug in one must not stop it for good.
    """
    while True:
        try:
            await work()
            return
        except Exception:
            _log.exception("A background task failed; it is started again.")
            await asyncio.sleep(AGAIN_S)


def _node(data: Path) -> str:
    """Return what tells the node with this folder from those on other machines."""
    return hashlib.sha256(f"{socket.gethostname()} {data.resolve()}".encode()).hexdigest()


def _messenger(url: str, stream: EventStream) -> "Messenger":
    # Imported late: a single node, the usual case, starts without loading the Redis client.
    from rescue_console.server.events.messenger import Messenger

    return Messenger(url, stream)


def read_ice(options: ServeOptions) -> IceSettings:
    """Return the STUN and TURN servers that the options name."""
    return IceSettings(
        stun_urls=_urls(options.stun_urls),
        turn_urls=_urls(options.turn_urls),
        turn_secret=options.turn_secret,
    )


def _urls(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _perhaps(sign_in_id: str) -> bool:
    """Assume that a console is connected: to which node, only that node knows."""
    return True


def _nothing() -> None:
    """Do nothing, in place of waking a mail queue where there is none."""
