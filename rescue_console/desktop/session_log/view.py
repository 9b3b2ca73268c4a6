"""A session's log as part of a window."""

from collections.abc import Awaitable, Callable
from functools import partial

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
from rescue_console.protocol.answers import LogEntry, SessionLog

MEASURED_ROWS = 1_000
"""How many rows decide how wide the columns are."""

ReadPage = Callable[[int | None], Awaitable[SessionLog]]
"""Reads the newest lines of a log, or those before the line with that number."""


class SessionLogView(QWidget):
    """Shows the end of one session's log, reads it again when asked, and earlier lines, too.

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
        self.ui.earlierButton.clicked.connect(self._read_earlier)
        self._read_page: ReadPage | None = None
        self._more = False
        header = self.ui.table.horizontalHeader()
        header.setResizeContentsPrecision(MEASURED_ROWS)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        row_height = round(self.fontMetrics().height() * 1.5)
        self.ui.table.verticalHeader().setDefaultSectionSize(row_height)

    def read(self, calls: Calls, session_id: str) -> None:
        """Read the log from the server, and cancel an earlier read."""
        self.jobs.cancel_all()
        self._read_page = partial(calls.session_log, session_id)
        self.jobs.start(self._read(self._read_page), "read session log")

    async def _read(self, read_page: ReadPage) -> None:
        log = await self._page(read_page, None)
        if log is None:
            return
        if log.more and self._holds(log.items[0].number):
            # Earlier lines that were read before stay.
            first = log.items[0].number
            earlier = [entry for entry in self.model.entries if entry.number < first]
            self._show([*earlier, *log.items], more=self._more)
        else:
            self._show(log.items, more=log.more)
        self.ui.table.scrollToBottom()

    def _holds(self, number: int) -> bool:
        return any(entry.number == number for entry in self.model.entries)

    def _read_earlier(self) -> None:
        if self._read_page is not None and self.model.entries:
            self.jobs.cancel_all()
            self.jobs.start(self._add_earlier(self._read_page), "read earlier session log")

    async def _add_earlier(self, read_page: ReadPage) -> None:
        log = await self._page(read_page, self.model.entries[0].number)
        if log is not None:
            self.ui.table.setFocus()
            self._show([*log.items, *self.model.entries], more=log.more)

    async def _page(self, read_page: ReadPage, before: int | None) -> SessionLog | None:
        try:
            log = await read_page(before)
        except ClientError as error:
            self.ui.message.say(error_text(error), Tone.ERROR)
            return None
        self.ui.message.say("")
        return log

    def _show(self, entries: list[LogEntry], *, more: bool) -> None:
        self._more = more
        self.model.set_entries(entries)
        self.ui.earlierButton.setVisible(more)
        self.ui.table.resizeColumnsToContents()
        self.ui.table.horizontalHeader().setStretchLastSection(True)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.model.retranslate()
