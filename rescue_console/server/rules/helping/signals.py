"""Hands signals from one side of a session to the other."""

from rescue_console.protocol.log_kinds import Occurrence
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.log import tell_signal
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.rules.book.rows import SessionChanges, SessionRow
from rescue_console.server.rules.helping.seats import sit
from rescue_console.server.rules.sessions.sessions import find_own

_NEEDED = {
    SignalKind.OFFER: Power.VIEW,
    SignalKind.ANSWER: Power.VIEW,
    SignalKind.CANDIDATE: Power.VIEW,
    SignalKind.VIEW_READY: Power.VIEW,
    SignalKind.FILES_ANSWER: Power.FILES,
    SignalKind.FILES_CANDIDATE: Power.FILES,
    SignalKind.FILES_READY: Power.FILES,
}
"""The power without which a signal makes no sense."""

_RECORDING_ON = SendSignal(kind=SignalKind.RECORDING, body="on")

_NOT_AGREED = {
    Power.VIEW: "The customer has not agreed to being seen.",
    Power.FILES: "The customer has not agreed to exchanging files.",
}


class Signals:
    """The technicians' side of signalling."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def send(self, caller: Caller, session_id: str, request: SendSignal) -> None:
        """Hand a signal to the customer's side.

        Raises:
            Refusal: ``permission-missing`` for a recording; ``not-found``, ``taken-by``;
                ``helped-elsewhere`` when another console has the seat; or ``status-conflict`` when
                the session is not active or the customer has not agreed to what the signal is for.
        """
        begins = request == _RECORDING_ON
        if begins:
            caller.require(Permission.RECORD_SCREEN)
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            if row.status is not SessionStatus.ACTIVE:
                raise refuse(ProblemWord.STATUS_CONFLICT, "The session is not active.")
            needed = Power.VIEW if begins else _NEEDED.get(request.kind)
            if needed and row.consent(needed) is not Consent.GRANTED:
                raise refuse(ProblemWord.STATUS_CONFLICT, _NOT_AGREED[needed])
            if request.kind is not SignalKind.TYPING:
                row = await sit(book, row, caller)
            if request.kind is SignalKind.RECORDING:
                await _note_recording(book, row, begins=begins, who=caller.name)
            signal = Signal(kind=request.kind, body=request.body)
            await book.note_activity(row)
            await tell_signal(book.connection, signal, book.view(row), book.now, to_customer=True)


async def _note_recording(book: SessionBook, row: SessionRow, *, begins: bool, who: str) -> None:
    """Log when a recording begins and ends; what a reloaded page is told again is not logged."""
    changes: SessionChanges = {}
    if not begins:
        changes = await book.end_recording(row, who)
    elif row.recording_since is None:
        await book.log(row.id, Occurrence.RECORDING_ON, who=who)
        changes = {"recording_since": book.now}
    if changes:
        await book.set(row, **changes)
