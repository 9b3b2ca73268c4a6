"""The choice between Online and Away in the status bar."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.availability import availability_text
from rescue_console.protocol.choices import Availability


class AvailabilityButton(QToolButton):
    """Shows the technician's availability, and lets them choose between Online and Away.

    Signals:
        chosen: The technician wants to be away (``True``) or online (``False``).
    """

    chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Availability.ONLINE
        self._away = False
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        menu, group = QMenu(self), QActionGroup(self)
        self.online_action, self.away_action = QAction(self), QAction(self)
        for action, away in ((self.online_action, False), (self.away_action, True)):
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
            action.triggered.connect(lambda _=False, away=away: self.chosen.emit(away))
        self.setMenu(menu)
        on_language_change(self, self._retranslate)
        self._retranslate()

    def show_availability(self, *, away: bool, busy: bool, online: bool) -> None:
        """Show the technician's availability.

        Args:
            away: Whether they are away, by choice or because nothing was typed or clicked here.
            busy: Whether they have as many active sessions as their group allows.
            online: Whether the console is connected, so that they can change it.
        """
        self._away = away
        self._shown = Availability.BUSY if busy else Availability.ONLINE
        if away:
            self._shown = Availability.AWAY
        self.setEnabled(online)
        self._retranslate()

    def _retranslate(self) -> None:
        self.online_action.setText(availability_text(Availability.ONLINE))
        self.away_action.setText(availability_text(Availability.AWAY))
        (self.away_action if self._away else self.online_action).setChecked(True)
        text = availability_text(self._shown)
        self.setText(text)
        self.setAccessibleName(self.tr("Your availability: {0}").format(text))
        self.setToolTip(self._explanation())

    def _explanation(self) -> str:
        match self._shown:
            case Availability.ONLINE:
                return self.tr("Colleagues can transfer sessions to you.")
            case Availability.AWAY:
                return self.tr("Colleagues cannot transfer sessions to you until you are online.")
            case Availability.BUSY:
                return self.tr(
                    "You have as many active sessions as your group allows; colleagues cannot "
                    "transfer more to you."
                )
