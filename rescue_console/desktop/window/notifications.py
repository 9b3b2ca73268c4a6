"""Calls the technician when a customer waits, writes or leaves: sound and desktop notification."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.window.tray import Tray
from rescue_console.desktop.words.status import customer_name, status_text
from rescue_console.protocol.answers import Session
from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.statuses import SessionStatus


class Notifications(QObject):
    """Draws the technician's attention, as far as the settings allow."""

    def __init__(self, settings: Settings, sounds: Sounds, tray: Tray, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._sounds = sounds
        self._tray = tray
        self._window = window

    def call_for(self, sessions: Sequence[Session]) -> None:
        """Call once for customers who have begun to wait at the same moment."""
        if not sessions:
            return
        self._sounds.play("waiting")
        if self._settings.notifications_on:
            self._tray.notify(*self._words(sessions), sessions[0].id)
            QApplication.alert(self._window)

    def call_to_chat(self, session: Session) -> None:
        """Call because a customer has written. What they wrote stays in the program.

        Desktops show notifications on locked screens too, and some take markup in them.
        """
        self._sounds.play("message")
        if self._settings.notifications_on:
            self._tray.notify(self.tr("New message"), customer_name(session), session.id)
            QApplication.alert(self._window)

    def call_to_question(self, session: Session) -> None:
        """Call because something about a customer's files must be answered."""
        self._sounds.play("message")
        if self._settings.notifications_on:
            self._tray.notify(self.tr("Question about a file"), customer_name(session), session.id)
            QApplication.alert(self._window)

    def tell_over(self, sessions: Sequence[Session]) -> None:
        """Show which sessions have ended without the technician's doing."""
        if sessions and self._settings.notifications_on:
            title, text = self.tr("A session is over"), "\n".join(map(self.over_text, sessions))
            self._tray.notify(title, text, sessions[0].id)
            QApplication.alert(self._window)

    def over_text(self, session: Session) -> str:
        """Return whose session is over and how it ended."""
        return self.tr("{0}: {1}").format(customer_name(session), status_text(session.status))

    def transfer_text(self, session: Session) -> str:
        """Return who transfers a session, with their comment; empty if nobody does."""
        transfer = session.transfer
        if session.status is not SessionStatus.TRANSFERRING or transfer is None:
            return ""
        giver, comment = line(transfer.from_technician.name), line(transfer.comment)
        text = self.tr("{0} transfers the session with {1}.").format(giver, customer_name(session))
        return f"{text} “{comment}”" if comment else text

    def _words(self, sessions: Sequence[Session]) -> tuple[str, str]:
        first = sessions[0]
        name = customer_name(first)
        if len(sessions) > 1:
            return self.tr("Customers are waiting"), self.tr("{0} and {1} more").format(
                name, len(sessions) - 1
            )
        if first.status is SessionStatus.TRANSFERRING and first.transfer is not None:
            giver = line(first.transfer.from_technician.name)
            return self.tr("A session is transferred to you"), self.tr("{0}, from {1}").format(
                name, giver
            )
        return self.tr("A customer is waiting"), name
