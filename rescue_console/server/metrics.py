"""What the server counts and measures about itself, for Prometheus."""

import sys
import time
from collections import Counter as Tally

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from rescue_console.protocol.email_troubles import Blame, EmailTrouble, blame
from rescue_console.server.events.stream import EventStream
from rescue_console.server.rules.clockwork.presence import Presence
from rescue_console.server.rules.clockwork.reporter import Reporter
from rescue_console.server.rules.clockwork.timers import count_by_status
from rescue_console.server.rules.post.rows import count_queued
from rescue_console.server.storage.database import Database

_NOBODY = "nobody"
"""The blame for a mail that was sent, or that has not been tried yet."""


class Metrics:
    """The metrics of one server, in a registry of its own.

    Two servers in one process therefore never share a count. What counts for the whole system is
    reported by one node only, so that all figures may be added up over the nodes.
    """

    def __init__(
        self, database: Database, stream: EventStream, presence: Presence, reporter: Reporter
    ) -> None:
        self._database = database
        self._reporter = reporter
        self._registry = CollectorRegistry()
        ProcessFigures(registry=self._registry)
        self.requests = Counter(
            "rescue_requests",
            "HTTP requests answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self.seconds = Histogram(
            "rescue_request_seconds",
            "Time to answer an HTTP request, except those that wait for news.",
            ["method", "route"],
            registry=self._registry,
        )
        self._mails = Counter(
            "rescue_mail_attempts",
            "Attempts to hand an e-mail to the mail server; 'ours' is for IT to mend.",
            ["outcome", "blame"],
            registry=self._registry,
        )
        self._queued = Gauge(
            "rescue_mails_queued",
            "E-mails of the whole system that wait to be sent, by whose trouble they wait for; "
            "one node reports them.",
            ["blame"],
            registry=self._registry,
        )
        self._sessions = Gauge(
            "rescue_sessions",
            "Live sessions of the whole system; one node reports them.",
            ["status"],
            registry=self._registry,
        )
        consoles = Gauge(
            "rescue_listeners", "Event streams open on this node.", registry=self._registry
        )
        consoles.set_function(lambda: stream.listeners)
        customers = Gauge(
            "rescue_customers", "Customers connected to this node.", registry=self._registry
        )
        customers.set_function(lambda: presence.connected)

    def count_mail(self, trouble: EmailTrouble | None) -> None:
        """Count an attempt to send an e-mail; without a trouble it was sent."""
        labels = ("sent", _NOBODY) if trouble is None else (trouble.value, blame(trouble).value)
        self._mails.labels(*labels).inc()

    async def text(self) -> bytes:
        """Return all metrics in Prometheus' text format.

        Raises:
            StorageError: the database did not answer.
        """
        sessions = queued = None
        if self._reporter.on_duty:
            sessions = await count_by_status(self._database)
            queued = await count_queued(self._database)
        # From here on nothing waits: two who ask at once do not get half of each other's answer.
        self._sessions.clear()
        self._queued.clear()
        for status, count in (sessions or {}).items():
            self._sessions.labels(status).set(count)
        for whose, count in _by_blame(queued).items():
            self._queued.labels(whose).set(count)
        return generate_latest(self._registry)


def _by_blame(queued: dict[EmailTrouble | None, int] | None) -> dict[str, int]:
    if queued is None:
        return {}
    # Nothing waits for THEIRS: what they would have to mend is not tried again.
    tally = Tally({_NOBODY: 0, Blame.OURS.value: 0, Blame.LATER.value: 0})
    for trouble, count in queued.items():
        tally[_NOBODY if trouble is None else blame(trouble).value] += count
    return tally


class ProcessFigures(ProcessCollector):
    """The figures of this process, also where systemd shows nothing else in /proc.

    Without /proc/stat, which ``ProcSubset=pid`` hides, the library would give none at all.
    """

    def _boot_time(self) -> float:
        if sys.platform != "linux":
            raise OSError("There is no /proc.")
        return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
