"""Creates a session once, however many attempts it takes to deliver its link."""

from msgspec import UNSET
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.retry_key import RetryKey
from rescue_console.network.errors import ClientError, Refused
from rescue_console.protocol.answers import Session
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import CreateSession


class SessionCreation(QObject):
    """Remembers a session until its link has been delivered, and the request that created it.

    Signals:
        created: A session was created; the list may show it at once.
    """

    created = Signal(Session)

    def __init__(self, calls: Calls, parent: QObject) -> None:
        super().__init__(parent)
        self._calls = calls
        self._key = RetryKey()
        self._unsent: tuple[CreateSession, Session] | None = None

    async def session_for(self, request: CreateSession) -> Session:
        """Return the session that *request* has created, or creates now.

        Raises:
            ClientError: The session could not be created; trying again is safe.
        """
        if self._unsent is not None and self.has_created(request):
            return self._unsent[1]
        session = await self._calls.create_session(request, self._key.key(request))
        self._key.succeeded()
        self._unsent = (request, session)
        self.created.emit(session)
        return session

    def has_created(self, request: CreateSession) -> bool:
        """Tell whether *request* has created a session whose link has not been delivered yet."""
        return self._unsent is not None and _but_address(self._unsent[0]) == _but_address(request)

    def on_not_sent(self, error: ClientError) -> None:
        """Forget the session if *error* says that it can no longer be used."""
        if _is_over(error):
            self._unsent = None

    def on_sent(self) -> None:
        """Forget the session: its link has been delivered."""
        self._unsent = None


def _but_address(request: CreateSession) -> CreateSession:
    """Return *request* without the address, which may be corrected before the link is sent."""
    return replace(request, to=UNSET)


def _is_over(error: ClientError) -> bool:
    return isinstance(error, Refused) and error.problem.word in (
        ProblemWord.STATUS_CONFLICT,
        ProblemWord.NOT_FOUND,
    )
