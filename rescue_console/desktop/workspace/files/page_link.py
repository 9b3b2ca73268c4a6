"""The console's end of the connection that carries files to and from the page without an applet.

It is a WebRTC connection apart from the picture's, but both sides show the same certificates there,
so that one security code stands for both. The section uses it in the same way as the channel to the
applet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from rescue_console.desktop.media.base import Failure
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.words.security_code import page_code_text
from rescue_console.desktop.workspace.files.page_events import PageFilesSignals
from rescue_console.desktop.workspace.section.asking import consent_of
from rescue_console.desktop.workspace.section.link import Link
from rescue_console.desktop.workspace.section.negotiation import Negotiation, SignalKinds
from rescue_console.protocol.channel import Message
from rescue_console.protocol.page_files import PageFileMessage
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import PAGE_LINKED

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.media.page_files import PageFiles
    from rescue_console.desktop.workspace.section.identity import Identity
    from rescue_console.protocol.answers import Session

BESIDE_PICTURE_BYTES_PER_S = 700_000
"""The rate limit for files while a screen is being viewed, which comes first: at more than that,
aiortc's own work costs frames. Source: benchmarks/bench_page_files.py."""

_KINDS = SignalKinds(
    offer=SignalKind.FILES_OFFER,
    answer=SignalKind.FILES_ANSWER,
    candidate=SignalKind.FILES_CANDIDATE,
    ready=SignalKind.FILES_READY,
)


class PageLink(Link):
    """Keeps the connection up while files are granted and no applet is there.

    ``received`` carries a ``PageFileMessage``.

    Signals:
        failure_changed: ``failure`` has changed.
        code_agreed: ``code`` is known now.
        reloaded: The page has been loaded anew since the last connection and has forgotten
            everything.

    Attributes:
        negotiation: Connects to the customer's page, again after each loss.
    """

    failure_changed = Signal()
    code_agreed = Signal()
    reloaded = Signal()

    def __init__(self, calls: Calls, identity: Identity, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._identity = identity
        self._page = ""
        self._rate_limit: float | None = None
        self._events = self._make_events()
        self.negotiation: Negotiation[PageFiles] = Negotiation(
            calls, _KINDS, self._make_files, self._jobs, self, identity=identity
        )
        identity.page_codes.agreed.connect(self.code_agreed)
        self.negotiation.begun.connect(lambda: self._set_open(open_now=False))
        self.negotiation.failed.connect(self._disconnect)
        self.negotiation.failure_changed.connect(self.failure_changed)

    def _make_events(self) -> PageFilesSignals:
        events = PageFilesSignals(self)
        queued = Qt.ConnectionType.QueuedConnection
        events.opened.connect(self._on_opened, queued)
        events.arrived.connect(self._on_arrived, queued)
        events.lost.connect(self._on_lost, queued)
        return events

    @property
    def code_text(self) -> str:
        """What is said about the security code, which the page shows, too; empty until known."""
        page = self.negotiation
        return page_code_text(page.code, page_is_old=page.page_is_old)

    @property
    def failure(self) -> Failure | None:
        """How the last attempt failed; ``None`` if none has failed since the last success."""
        return self.negotiation.failure

    # Called by the section

    def set_session(self, session: Session, *, here: bool = True) -> None:
        """Begin or end the connection as the session's newest state requires.

        Args:
            session: Its newest state.
            here: Whether this console is the one that may have the connection.
        """
        wanted = _needs_link(session)
        self.negotiation.set_session(session, wanted=wanted, here=here)
        self._set_rate_limit(seen=consent_of(session, Power.VIEW) is Consent.GRANTED)
        if not self.negotiation.wanted:
            self._set_open(open_now=False)

    def set_online(self, online: bool) -> None:
        """Ask again at once when the server is back."""
        self.negotiation.set_online(online)

    def on_signal(self, signal: SessionSignal) -> None:
        """Handle a signal from the customer's page, but only if the customer has agreed."""
        if signal.kind is not SignalKind.FILES_ENDED:
            self.negotiation.on_signal(signal)
        elif self.negotiation.wanted:
            self.negotiation.end_attempt(another=True)
            self._disconnect()

    # Sending

    def post(self, message: Message) -> None:
        """Send a ``PageFileMessage`` without waiting; dropped while the link is not open."""
        files = self.negotiation.answerer
        if files is not None and self.is_open:
            files.post(_checked(message))

    async def send(self, message: Message) -> None:
        """Send a ``PageFileMessage`` when there is room; dropped while the link is not open."""
        files = self.negotiation.answerer
        if files is not None and self.is_open:
            await files.send(_checked(message))

    async def aclose(self) -> None:
        """End the connection."""
        self._set_open(open_now=False)
        await self._jobs.aclose()
        await self.negotiation.aclose()

    # The connection

    async def _make_files(self) -> PageFiles:
        certificate = await self._identity.certificate()
        await Jobs.in_thread(_load)
        from rescue_console.desktop.media.page_files import PageFiles

        made = PageFiles(certificate, self._events)
        made.set_rate_limit(self._rate_limit)
        return made

    def _disconnect(self) -> None:
        self._set_open(open_now=False)
        self.negotiation.disconnect_answerer()

    def _set_rate_limit(self, *, seen: bool) -> None:
        self._rate_limit = BESIDE_PICTURE_BYTES_PER_S if seen else None
        if self.negotiation.answerer is not None:
            self.negotiation.answerer.set_rate_limit(self._rate_limit)

    # Called by the connection

    def _on_opened(self, number: int, page: str) -> None:
        if not self.negotiation.succeed(number):
            return
        earlier, self._page = self._page, page
        if earlier and earlier != page:
            self.reloaded.emit()
        self._set_open(open_now=True)

    def _on_arrived(self, number: int) -> None:
        files = self.negotiation.answerer
        if files is None or number != self.negotiation.number:
            return
        message: PageFileMessage
        for message in files.take():
            if self.is_open:
                self.received.emit(message)

    def _on_lost(self, number: int, failure: Failure) -> None:
        self.negotiation.lose(number, failure)


def _needs_link(session: Session) -> bool:
    granted = consent_of(session, Power.FILES) is Consent.GRANTED
    # While the customer's side is reconnecting, their page may well still be there.
    return granted and not session.applet and session.status in PAGE_LINKED


def _checked(message: Message) -> PageFileMessage:
    """Return *message* as one that a page understands; nothing here sends it any other."""
    assert isinstance(message, PageFileMessage)
    return message


def _load() -> None:
    """Load the connection's code; it takes half a second, so call this on a thread."""
    import rescue_console.desktop.media.page_files  # noqa: F401
