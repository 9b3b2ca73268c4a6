"""The tab of one active session: its facts, its log, and what ends or hands it over."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.action_states import ActionStates
from rescue_console.desktop.calls import Calls
from rescue_console.desktop.forms.ui_session_tab import Ui_SessionTab
from rescue_console.desktop.icons import icon
from rescue_console.desktop.session_actions import SessionAction
from rescue_console.desktop.session_cell import Role, SessionCells
from rescue_console.desktop.session_order import Column
from rescue_console.desktop.status_text import customer_name
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.links import group_digits


class SessionTab(QWidget):
    """Shows one session.

    Its buttons concern this session, whichever row of the list is selected.

    Signals:
        chosen: A ``SessionAction`` was chosen for this ``Session``.
        failed: Something happened that is a fault of this program, already logged.
    """

    chosen = Signal(object, object)
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
        self._states = self._make_actions()
        self._states.chosen.connect(self._on_chosen)
        self._name_actions()
        self.session = session
        self.take(session)

    def _make_actions(self) -> ActionStates:
        buttons = {
            SessionAction.HOLD: self.ui.holdButton,
            SessionAction.TRANSFER: self.ui.transferButton,
            SessionAction.CLOSE: self.ui.closeButton,
        }
        for action, button in buttons.items():
            button.setDefaultAction(QAction(icon(action.name.lower()), "", self))
        return ActionStates({name: b.defaultAction() for name, b in buttons.items()}, self)

    def show_actions(self, me: Me, *, online: bool) -> None:
        """Enable what can be done with this session now."""
        self._states.show(self.session, me, online=online)

    def _on_chosen(self, action: SessionAction) -> None:
        self.chosen.emit(action, self.session)

    def _name_actions(self) -> None:
        self.ui.holdButton.defaultAction().setText(self.tr("Hold"))
        self.ui.transferButton.defaultAction().setText(self.tr("Transfer"))
        self.ui.closeButton.defaultAction().setText(self.tr("Close"))

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
            self._name_actions()
            self._show()
        super().changeEvent(event)
