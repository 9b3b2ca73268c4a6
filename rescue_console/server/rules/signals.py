"""Hands signals from one side of a session to the other."""

from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.log import tell_signal
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.caller import Caller
from rescue_console.server.rules.session_books import SessionBooks
from rescue_console.server.rules.session_rows import read_consents
from rescue_console.server.rules.sessions import find_own

_VIEWING = frozenset(
    {SignalKind.OFFER, SignalKind.ANSWER, SignalKind.CANDIDATE, SignalKind.VIEW_READY}
)


class Signals:
    """The technicians' side of signalling."""

    def __init__(self, books: SessionBooks) -> None:
        self._books = books

    async def send(self, caller: Caller, session_id: str, request: SendSignal) -> None:
        """Hand a signal to the customer's side.

        Raises:
            Refusal: ``not-found``, ``taken-by``, or ``status-conflict`` when the session is not
                active or the customer has not agreed to being seen.
        """
        async with self._books.write() as book:
            row = await find_own(book, caller, session_id)
            if row.status != SessionStatus.ACTIVE:
                raise refuse(ProblemWord.STATUS_CONFLICT, "The session is not active.")
            seen = read_consents(row.consents).get(Power.VIEW) is Consent.GRANTED
            if request.kind in _VIEWING and not seen:
                raise refuse(
                    ProblemWord.STATUS_CONFLICT, "The customer has not agreed to being seen."
                )
            signal = Signal(kind=request.kind, body=request.body)
            await tell_signal(book.connection, signal, book.view(row), book.now, to_customer=True)
