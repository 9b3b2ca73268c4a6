"""A session's log as part of a window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.session_log.model import SessionLogModel
from rescue_console.desktop.session_log.ui_view import Ui_SessionLogView
from rescue_console.desktop.words.error import error_text
from rescue_console.network.errors import ClientError


class SessionLogView(QWidget):
    """Shows one session's log and reads it again when asked.

    Signals:
        failed: A fault of this program occurred; it has already been logged.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SessionLogView()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.model = SessionLogModel(self)
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.ui.table.setModel(self.model)
        header = self.ui.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        row_height = round(self.fontMetrics().height() * 1.5)
        self.ui.table.verticalHeader().setDefaultSectionSize(row_height)

    def read(self, calls: Calls, session_id: str) -> None:
        """Read the log from the server, and cancel an earlier read."""
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
        # A log is short, so every row may be measured.
        self.ui.table.resizeColumnsToContents()
        self.ui.table.horizontalHeader().setStretchLastSection(True)
        self.ui.table.scrollToBottom()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.model.retranslate()
