"""Carries out actions on sessions: asks before what is final, and says what failed."""

import logging
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.look.ask import raise_question
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.words.status import customer_name
from rescue_console.network.errors import ClientError
from rescue_console.protocol.answers import Session
from rescue_console.protocol.statuses import JOINED

_log = logging.getLogger(__name__)


class SessionCommands(QObject):
    """Carries out the actions on sessions, one at a time for each session.

    Args:
        window: Above which questions are shown unless the action was chosen in another window.
        may_close: Asks the person, above a window, whether a session with a customer may be closed
            for good.
        may_break_off: Asks the person, above a window, whether an action may break off what is
            running in the session.

    Signals:
        changed: The server's answer: the session as it is now.
        refused: An action on the session with this id did not work; with the text for the person.
        mended: A later action on the session with this id has worked; with the earlier text.
        transfer_requested: The person wants to transfer this session, and chooses to whom above
            this window.
        failed: A fault of this program occurred; it has already been logged.
    """

    changed = Signal(object)
    refused = Signal(str, str)
    mended = Signal(str, str)
    transfer_requested = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        calls: Calls,
        window: QWidget,
        may_close: Callable[[Session, QWidget], Awaitable[bool]],
        may_break_off: Callable[[SessionAction, Session, QWidget], Awaitable[bool]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._calls = calls
        self._ask_to_close = may_close
        self._may_break_off = may_break_off
        self._busy: set[str] = set()
        self._asking: dict[str, QWidget] = {}
        """The window above which a session's question is open, by session id."""
        self._refusals: dict[str, str] = {}
        """The text of the last refusal, by session id, until an action has worked."""
        self._closed: set[str] = set()
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)

    def do(self, action: SessionAction, session: Session, window: QWidget | None = None) -> None:
        """Begin *action*, which was chosen in *window*; the signals tell what comes of it.

        A question about the session that is open already is brought to the front instead.
        """
        if session.id not in self._busy:
            self._busy.add(session.id)
            job = self._do(action, session, window or self._window)
            self.jobs.start(job, f"{action.name.lower()} session")
        elif (asked := self._asking.get(session.id)) is not None:
            raise_question(asked)

    def has_closed(self, session_id: str) -> bool:
        """Tell whether a session was closed from here, even if the answer is still on its way."""
        return session_id in self._closed

    async def _do(self, action: SessionAction, session: Session, window: QWidget) -> None:
        try:
            if not await self._may(action, session, window):
                return
            if action is SessionAction.TRANSFER:
                self.transfer_requested.emit(session, window)
                return
            self.changed.emit(await self._call(action, session.id))
            self._mend(session.id)
        except ClientError as error:
            self._closed.discard(session.id)
            _log.info("%s was not done: %s", action.name, error)
            self._refuse(session.id, f"{customer_name(session)}: {error_text(error)}")
        finally:
            self._busy.discard(session.id)

    def _refuse(self, session_id: str, text: str) -> None:
        self._refusals[session_id] = text
        self.refused.emit(session_id, text)

    def _mend(self, session_id: str) -> None:
        if text := self._refusals.pop(session_id, ""):
            self.mended.emit(session_id, text)

    async def _call(self, action: SessionAction, session_id: str) -> Session:
        match action:
            case SessionAction.START:
                return await self._calls.start(session_id)
            case SessionAction.HOLD:
                return await self._calls.hold(session_id)
            case SessionAction.CLOSE:
                self._closed.add(session_id)
                return await self._calls.close(session_id)
            case _:
                raise ValueError(action)

    async def _may(self, action: SessionAction, session: Session, window: QWidget) -> bool:
        self._asking[session.id] = window
        try:
            match action:
                case SessionAction.HOLD | SessionAction.TRANSFER:
                    return await self._may_break_off(action, session, window)
                case SessionAction.CLOSE:
                    return await self._may_close(session, window)
                case _:
                    return True
        finally:
            del self._asking[session.id]

    async def _may_close(self, session: Session, window: QWidget) -> bool:
        if session.status not in JOINED:
            return True
        return await self._ask_to_close(session, window)
