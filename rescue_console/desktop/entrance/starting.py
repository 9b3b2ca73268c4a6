"""The window shown while the embedded server starts: what is going on, and what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStyle, QWidget

from rescue_console.desktop.entrance.local_server import LocalServerFailed
from rescue_console.desktop.entrance.ui_starting import Ui_Starting
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.error import error_text
from rescue_console.network.errors import ClientError

if TYPE_CHECKING:
    from rescue_console.client.account import Account


class StartingWindow(QWidget):
    """Waits for the embedded server and signs in to it.

    Signals:
        signed_in: An ``Account`` has been opened; the receiver must close it.
        closed: The person has closed the window.
        failed: A fault of this program occurred; it has already been logged.

    Args:
        open_account: Starts the server and signs in; called again when the person tries again.
    """

    signed_in = Signal(object)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, open_account: Callable[[], Awaitable[Account]]) -> None:
        super().__init__()
        self._open_account = open_account
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.ui = Ui_Starting()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_LargeIconSize) * 3 // 2
        self.ui.iconLabel.setPixmap(icon("app").pixmap(size, size))
        self.setWindowIcon(icon("app"))
        self.ui.retryButton.clicked.connect(self.start)
        self.ui.quitButton.clicked.connect(self.close)
        self._show(working=True)

    def start(self) -> None:
        """Start the server and sign in, or try that again."""
        self._show(working=True)
        self.jobs.start(self._start(), "start embedded server")

    async def _start(self) -> None:
        try:
            account = await self._open_account()
        except LocalServerFailed as failure:
            self._show(working=False, why=str(failure))
        except ClientError as error:
            self._show(working=False, why=error_text(error))
        else:
            self.signed_in.emit(account)

    def _show(self, *, working: bool, why: str = "") -> None:
        self._working = working
        self.ui.titleLabel.setText(
            self.tr("Starting the server on this computer…")
            if working
            else self.tr("The server on this computer did not start.")
        )
        self.ui.message.say(why, Tone.ERROR)
        self.ui.progress.setVisible(working)
        self.ui.retryButton.setVisible(not working)
        if not working:
            self.ui.retryButton.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Stop waiting."""
        self.jobs.cancel_all()
        super().closeEvent(event)
        self.closed.emit()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._show(working=self._working, why=self.ui.message.text())
