"""A session's log: as a part of a tab, and as a window of its own for any session."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QWidget

from rescue_console.client.errors import ClientError
from rescue_console.desktop.calls import Calls
from rescue_console.desktop.error_text import error_text
from rescue_console.desktop.forms.ui_session_log import Ui_SessionLogView
from rescue_console.desktop.forms.ui_session_log_dialog import Ui_SessionLogDialog
from rescue_console.desktop.jobs import Jobs
from rescue_console.desktop.palettes import Tone
from rescue_console.desktop.session_log_model import LogColumn, SessionLogModel
from rescue_console.desktop.status_text import customer_name
from rescue_console.protocol.answers import Session

_WIDTHS = {LogColumn.AT: 17, LogColumn.WHAT: 32, LogColumn.WHO: 18}
"""In average characters."""


class SessionLogView(QWidget):
    """Shows one session's log and reads it again when asked.

    Signals:
        failed: Something happened that is a fault of this program, already logged.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SessionLogView()
        self.ui.setupUi(self)
        self.model = SessionLogModel(self)
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.ui.table.setModel(self.model)
        unit = self.fontMetrics().averageCharWidth()
        for column, characters in _WIDTHS.items():
            self.ui.table.setColumnWidth(column, characters * unit)

    def read(self, calls: Calls, session_id: str) -> None:
        """Read the log from the server; the reading before this one no longer counts."""
        self.jobs.cancel_all()
        self.jobs.start(self._read(calls, session_id), "read session log")

    async def _read(self, calls: Calls, session_id: str) -> None:
        try:
            log = await calls.session_log(session_id)
        except ClientError as error:
            self.ui.message.say(error_text(error), Tone.ERROR)
            return
        self.ui.message.say("")
        self.model.set_entries(log.items)
        self.ui.table.scrollToBottom()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.ui.retranslateUi(self)
            self.model.retranslate()
        super().changeEvent(event)


class SessionLogDialog(QDialog):
    """The log of a session that has no tab."""

    def __init__(self, calls: Calls, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_SessionLogDialog()
        self.ui.setupUi(self)
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
