"""What the server counts and measures about itself, for Prometheus."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from rescue_console.protocol.email_troubles import EmailTrouble, blame
from rescue_console.server.events.stream import EventStream
from rescue_console.server.rules.clockwork.presence import Presence
from rescue_console.server.rules.clockwork.timers import count_by_status
from rescue_console.server.storage.database import Database


class Metrics:
    """The metrics of one server, in a registry of its own.

    Two servers in one process therefore never share a count.
    """

    def __init__(self, database: Database, stream: EventStream, presence: Presence) -> None:
        self._database = database
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.requests = Counter(
            "rescue_requests",
            "HTTP requests answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self.seconds = Histogram(
            "rescue_request_seconds",
            "Time to answer an HTTP request.",
            ["method", "route"],
            registry=self._registry,
        )
        self._mails = Counter(
            "rescue_mail_attempts",
            "Attempts to hand an e-mail to the mail server; 'ours' is for IT to mend.",
            ["outcome", "blame"],
            registry=self._registry,
        )
        self._sessions = Gauge(
            "rescue_sessions", "Live sessions.", ["status"], registry=self._registry
        )
        consoles = Gauge("rescue_listeners", "Open event streams.", registry=self._registry)
        consoles.set_function(lambda: stream.listeners)
        customers = Gauge("rescue_customers", "Customers connected.", registry=self._registry)
        customers.set_function(lambda: presence.connected)

    def count_mail(self, trouble: EmailTrouble | None) -> None:
        """Count an attempt to send an e-mail; without a trouble it was sent."""
        labels = ("sent", "nobody") if trouble is None else (trouble.value, blame(trouble).value)
        self._mails.labels(*labels).inc()

    async def text(self) -> bytes:
        """Return all metrics in Prometheus' text format.

        Raises:
            StorageError: the database did not answer.
        """
        self._sessions.clear()
        for status, count in (await count_by_status(self._database)).items():
            self._sessions.labels(status).set(count)
        return generate_latest(self._registry)
