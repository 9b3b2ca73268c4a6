"""What every part of one workspace follows: its session, the technician, the connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rescue_console.protocol.holder import seat_elsewhere

if TYPE_CHECKING:
    from rescue_console.desktop.link.standing import Standing
    from rescue_console.protocol.answers import Me, Seat, Session


class Situation(QObject):
    """Handed to each part when it is built; the part connects to the signals that concern it.

    Signals:
        session_changed: The server has sent a newer state of the session, including its consents.
        me_changed: The server has sent anew who the technician is and what they may do.
        online_changed: The console has lost its server, or reached it again, perhaps another way.
    """

    session_changed = Signal()
    me_changed = Signal()
    online_changed = Signal()

    def __init__(self, session: Session, standing: Standing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._standing = standing
        self.ended = False
        """Whether changes are no longer reported."""
        self._branches: list[Situation] = []
        standing.me_changed.connect(self.me_changed)
        standing.online_changed.connect(self.online_changed)

    @property
    def session(self) -> Session:
        """The newest state of the session."""
        return self._session

    @property
    def me(self) -> Me:
        """Who the technician is and what they may do."""
        return self._standing.me

    @property
    def elsewhere(self) -> Seat | None:
        """At which other console the technician helps in the session; ``None`` if at this one.

        What exists once in a session (the relay, the picture, the page's files) is there.
        """
        return seat_elsewhere(self._session, self.me)

    @property
    def online(self) -> bool:
        """Whether the console is connected to the server."""
        return self._standing.online

    @property
    def plain(self) -> bool:
        """Whether no WebSocket gets through, so that nothing reaches the applet."""
        return self._standing.plain

    def update(self, session: Session) -> None:
        """Accept a newer state of the session."""
        if not self.ended:
            self._session = session
            for branch in self._branches:
                branch.update(session)
            self.session_changed.emit()

    def branch(self) -> Situation:
        """Return a situation that follows this one until it is ended itself."""
        branch = Situation(self._session, self._standing, self)
        self._branches.append(branch)
        return branch

    def end(self) -> None:
        """Report no more changes; the session stays as it was last known."""
        self.ended = True
        self.blockSignals(True)
