"""The dialogs that the main window opens."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.log_folder import log_folder
from rescue_console.desktop.program.opening import open_folder
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.window.about import show_about
from rescue_console.desktop.window.session_log import SessionLogDialog
from rescue_console.desktop.workspace.chat.conversations import Conversations
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Session


class Dialogs(QObject):
    """Opens the dialogs of one sign-in; most of their modules are loaded on first use.

    Signals:
        changed: A dialog has created or changed a session.
        failed: A fault of this program occurred; it has already been logged.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        calls: Calls,
        standing: Standing,
        settings: Settings,
        sounds: Sounds,
        conversations: Conversations,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._conversations = conversations
        self._calls = calls
        self._standing = standing
        self._settings = settings
        self._sounds = sounds
        self._window = window
        self._create: QDialog | None = None
        self._options: QDialog | None = None

    def create_session(self) -> None:
        """Open *Create session*."""
        from rescue_console.desktop.create_session.dialog import CreateSessionDialog

        if self._create is None:
            dialog = CreateSessionDialog(self._calls, self._standing, self._settings, self._window)
            dialog.created.connect(self.changed)
            dialog.failed.connect(self.failed)
            self._create = dialog
        _show(self._create)

    def transfer(self, session: Session, window: QWidget | None = None) -> None:
        """Open *Transfer* for a session, above the window in which it was chosen."""
        from rescue_console.desktop.actions.transfer import TransferDialog

        dialog = TransferDialog(self._calls, session, window or self._window)
        dialog.transferred.connect(self.changed)
        dialog.failed.connect(self.failed)
        dialog.finished.connect(dialog.deleteLater)
        _show(dialog)

    def session_log(self, session: Session) -> None:
        """Open a session's log, with its chat and notes."""
        conversation = self._conversations.of(session.id)
        situation = Situation(session, self._standing)
        dialog = SessionLogDialog(
            self._calls, situation, conversation, self._settings, self._window
        )
        dialog.failed.connect(self.failed)
        _show(dialog)

    def options(self) -> None:
        """Open the options."""
        from rescue_console.desktop.window.options import OptionsWindow

        if self._options is None:
            self._options = OptionsWindow(self._settings, self._window, sounds=self._sounds)
        _show(self._options)

    def about(self) -> None:
        """Open *About*."""
        show_about(self._window, self._standing.me.server.version)

    def log_folder(self) -> None:
        """Open the folder of the log file in the system's file manager."""
        open_folder(log_folder(), self._window)


def close_dialogs(window: QWidget) -> None:
    """Close all dialogs of a window, which ends what is running in them."""
    for dialog in window.findChildren(QDialog):
        dialog.close()


def _show(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
