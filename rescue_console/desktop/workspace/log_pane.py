"""The section with a session's facts and its log."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.session_list.cells import Role, SessionCells
from rescue_console.desktop.session_list.order import Column
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.ui_log import Ui_LogPane
from rescue_console.protocol.links import group_digits


class LogPane(Pane):
    """Shows how the session came about and what has happened in it."""

    icon_name = "log"
    lasts = True

    def __init__(
        self,
        situation: Situation,
        cells: SessionCells,
        calls: Calls,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(situation, parent)
        self._cells = cells
        self._calls = calls
        self.ui = Ui_LogPane()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.ui.logView.failed.connect(self.failed)
        situation.session_changed.connect(self._on_session)
        self._show_facts()

    def title(self) -> str:
        """Return the section's name."""
        return QCoreApplication.translate("LogPane", "Session log")

    def on_shown(self) -> None:
        """Read the log."""
        self._read()

    def close(self) -> bool:
        """Stop reading."""
        self.ui.logView.jobs.cancel_all()
        return super().close()

    async def aclose(self) -> None:
        """Wait until no read is running."""
        await self.ui.logView.jobs.aclose()
        await super().aclose()

    def _on_session(self) -> None:
        """Show the newer state, and read the log again if it is visible: it has grown, too."""
        self._show_facts()
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self.ui.logView.read(self._calls, self.situation.session.id)

    def _show_facts(self) -> None:
        session = self.situation.session
        shown = {
            self.ui.methodValue: Column.METHOD,
            self.ui.platformValue: Column.PLATFORM,
            self.ui.emailValue: Column.EMAIL,
            self.ui.technicianValue: Column.TECHNICIAN,
            self.ui.createdValue: Column.CREATED,
        }
        for label, column in shown.items():
            text = self._cells.data(session, column, Role.DisplayRole)
            label.setText(text or self.tr("Unknown"))
        has_email = session.email is not None
        self.ui.emailLabel.setVisible(has_email)
        self.ui.emailValue.setVisible(has_email)
        self.ui.codeValue.setText(group_digits(session.code))

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._show_facts()
