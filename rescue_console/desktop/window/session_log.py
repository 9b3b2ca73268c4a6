"""A read-only window with all that is kept of a session: log, chat and notes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QIcon
from PySide6.QtWidgets import QDialog, QWidget

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.window.ui_session_log import Ui_SessionLogDialog
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.chat.conversation import Conversation
from rescue_console.desktop.workspace.chat.pane import ChatPane
from rescue_console.desktop.workspace.section.situation import Situation


class SessionLogDialog(QDialog):
    """Log, chat and notes of a session that may have no tab: a colleague's, or one that is over.

    Signals:
        failed: A fault of this program occurred; it has already been logged.
    """

    failed = Signal(object)

    def __init__(
        self,
        calls: Calls,
        situation: Situation,
        conversation: Conversation,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_SessionLogDialog()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        close = self.ui.buttons.button(self.ui.buttons.StandardButton.Close)
        # Fusion's own icon for this button is black in the dark theme, too.
        close.setIcon(QIcon())
        # Enter in the chat's search goes to the next match.
        close.setAutoDefault(False)
        situation.setParent(self)
        self._session = session = situation.session
        self.chat = ChatPane(situation, conversation, settings, writes=False)
        self.ui.sections.insertTab(1, self.chat, self.chat.title())
        for place, name in enumerate(("log", "chat", "notes")):
            self.ui.sections.setTabIcon(place, icon(name))
        self.ui.notesEdit.setPlainText(session.notes)
        self.ui.logView.failed.connect(self.failed)
        self.chat.failed.connect(self.failed)
        self._show_title()
        self.ui.logView.read(calls, session.id)
        conversation.read()

    def _show_title(self) -> None:
        self.setWindowTitle(self.tr("Session log – {0}").format(customer_name(self._session)))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Stop reading once the window is hidden."""
        super().hideEvent(event)
        self.ui.logView.jobs.cancel_all()
        self.chat.jobs.cancel_all()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.sections.setTabText(1, self.chat.title())
        self._show_title()
