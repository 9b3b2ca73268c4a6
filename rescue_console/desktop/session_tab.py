"""The tab of one active session: its facts, its log, and what ends or hands it over."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from rescue_console.desktop.calls import Calls
from rescue_console.desktop.forms.ui_session_tab import Ui_SessionTab
from rescue_console.desktop.session_cell import Role, SessionCells
from rescue_console.desktop.session_order import Column
from rescue_console.desktop.status_text import customer_name
from rescue_console.protocol.answers import Session
from rescue_console.protocol.links import group_digits


class SessionTab(QWidget):
    """Shows one session.

    The buttons do what the toolbar's actions do, which always concern the session of the open tab
    or the selected row.

    Signals:
        failed: Something happened that is a fault of this program, already logged.
    """

    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        cells: SessionCells,
        calls: Calls,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = cells
        self._calls = calls
        self.ui = Ui_SessionTab()
        self.ui.setupUi(self)
        self.ui.logView.failed.connect(self.failed)
        self.session = session
        self.take(session)

    def set_actions(self, hold: QAction, transfer: QAction, close: QAction) -> None:
        """Give the buttons their actions."""
        buttons: tuple[tuple[QToolButton, QAction], ...] = (
            (self.ui.holdButton, hold),
            (self.ui.transferButton, transfer),
            (self.ui.closeButton, close),
        )
        for button, action in buttons:
            button.setDefaultAction(action)

    @property
    def title(self) -> str:
        """The customer's name and for how long the session has been running."""
        # An ampersand would underline the next letter.
        name = customer_name(self.session).replace("&", "&&")
        shown = name if len(name) <= 30 else name[:29] + "…"
        return f"{shown}  {self._cells.time_in_status(self.session)}"

    def take(self, session: Session) -> None:
        """Show a newer state of the session; its log has grown, so read that too."""
        self.session = session
        self._show()
        self.ui.logView.read(self._calls, session.id)

    def tick(self) -> None:
        """Let the running time go on."""
        self.ui.timeValue.setText(self._cells.time_in_status(self.session))

    def _show(self) -> None:
        self.ui.nameLabel.setText(customer_name(self.session))
        shown = {
            self.ui.statusValue: Column.STATUS,
            self.ui.timeValue: Column.TIME,
            self.ui.methodValue: Column.METHOD,
            self.ui.platformValue: Column.PLATFORM,
            self.ui.emailValue: Column.EMAIL,
            self.ui.technicianValue: Column.TECHNICIAN,
            self.ui.createdValue: Column.CREATED,
        }
        for label, column in shown.items():
            text = self._cells.data(self.session, column, Role.DisplayRole)
            label.setText(text or self.tr("Unknown"))
        has_email = self.session.email is not None
        self.ui.emailLabel.setVisible(has_email)
        self.ui.emailValue.setVisible(has_email)
        self.ui.codeValue.setText(group_digits(self.session.code))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.ui.retranslateUi(self)
            self._show()
        super().changeEvent(event)
