"""Stores notes on the server soon after they are written; until then they are kept on disk."""

import asyncio
import logging
import random
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.workspace.notes.kept import KeptNotes
from rescue_console.network.errors import ClientError, Refused, SignedOut
from rescue_console.network.pauses import growing_pauses
from rescue_console.protocol.requests import WriteNotes

PAUSE_MS = 1_000
"""How long nothing has been written when the notes are stored."""

_log = logging.getLogger(__name__)


class NoteState(Enum):
    """How far the notes on a session have got."""

    STORED = auto()
    ON_THE_WAY = auto()
    REFUSED = auto()


@dataclass
class _Page:
    text: str
    state: NoteState = NoteState.ON_THE_WAY
    problem: str = ""


class Notebook(QObject):
    """The notes written during one sign-in.

    Signals:
        changed: ``state`` of the session with this id has changed.
        stored: The server's answer: the session as it is now.
        failed: Something happened that is a fault of this program, already logged.
    """

    changed = Signal(str)
    stored = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        calls: Calls,
        standing: Standing,
        kept: KeptNotes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._kept = kept
        self._pages = {session_id: _Page(text) for session_id, text in kept.all().items()}
        self._standing = standing
        self._sending: asyncio.Task[None] | None = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.rest = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.rest.timeout.connect(self.send)
        standing.online_changed.connect(self._catch_up)

    def _catch_up(self) -> None:
        """Store waiting notes when the connection is back."""
        if self._standing.online:
            # Cut short any pause after a failure; storing the same text twice changes nothing.
            if self._sending is not None:
                self._sending.cancel()
                self._sending = None
            self.send()

    def text(self, session_id: str) -> str | None:
        """Return notes that the server has not stored yet; ``None`` when it has them all."""
        page = self._pages.get(session_id)
        return None if page is None else page.text

    def state(self, session_id: str) -> NoteState:
        """Return how far the notes on a session have got."""
        page = self._pages.get(session_id)
        return NoteState.STORED if page is None else page.state

    def problem(self, session_id: str) -> str:
        """Return why the server refused the notes, in words; empty if it did not."""
        page = self._pages.get(session_id)
        return "" if page is None else page.problem

    def write(self, session_id: str, text: str) -> None:
        """Store *text* as the notes on a session: on disk at once, on the server soon."""
        self._pages[session_id] = _Page(text)
        try:
            self._kept.keep(session_id, text)
        except OSError as error:
            # They are still in memory and on their way; the screen shows how far they have got.
            _log.warning("Notes cannot be kept on disk: %s", error)
        self.rest.start()
        self.changed.emit(session_id)

    def send(self) -> None:
        """Store waiting notes now."""
        self.rest.stop()
        if self._sending is None or self._sending.done():
            self._sending = self.jobs.start(self._send_all(), "store notes")

    async def aclose(self) -> None:
        """Stop storing; notes that wait are still on disk."""
        self._standing.online_changed.disconnect(self._catch_up)
        self.rest.stop()
        await self.jobs.aclose()

    async def _send_all(self) -> None:
        pauses = growing_pauses(random.random)
        while self._standing.online and (waiting := self._next()) is not None:
            session_id, page = waiting
            try:
                session = await self._calls.write_notes(session_id, WriteNotes(text=page.text))
            except SignedOut:
                return
            except Refused as error:
                page.state, page.problem = NoteState.REFUSED, error_text(error)
                self.changed.emit(session_id)
            except ClientError as error:
                _log.info("Notes could not be stored yet: %s", error)
                await asyncio.sleep(next(pauses))
            else:
                self._forget_stored(session_id, page)
                self.stored.emit(session)

    def _next(self) -> tuple[str, _Page] | None:
        return next(
            (entry for entry in self._pages.items() if entry[1].state is NoteState.ON_THE_WAY),
            None,
        )

    def _forget_stored(self, session_id: str, page: _Page) -> None:
        # A newer text may have been written meanwhile.
        if self._pages.get(session_id) is page:
            del self._pages[session_id]
            try:
                self._kept.drop(session_id)
            except OSError as error:
                _log.warning("Notes that the server has stored remain on disk: %s", error)
            self.changed.emit(session_id)
