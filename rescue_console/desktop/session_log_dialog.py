"""A session's log in a window of its own."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QIcon
from PySide6.QtWidgets import QDialog, QWidget

from rescue_console.desktop.calls import Calls
from rescue_console.desktop.forms.ui_session_log_dialog import Ui_SessionLogDialog
from rescue_console.desktop.status_text import customer_name
from rescue_console.protocol.answers import Session


class SessionLogDialog(QDialog):
    """The log of a session that has no tab."""

    def __init__(self, calls: Calls, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_SessionLogDialog()
        self.ui.setupUi(self)
        # Fusion's own picture for it is black in the dark theme, too.
        self.ui.buttons.button(self.ui.buttons.StandardButton.Close).setIcon(QIcon())
        self._session = session
        self._show_title()
        self.ui.logView.read(calls, session.id)

    def _show_title(self) -> None:
        self.setWindowTitle(self.tr("Session log – {0}").format(customer_name(self._session)))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Read no further once nobody looks."""
        super().hideEvent(event)
        self.ui.logView.jobs.cancel_all()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.ui.retranslateUi(self)
            self._show_title()
        super().changeEvent(event)
