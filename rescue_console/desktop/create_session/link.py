"""The *Link* tab: a link that the technician pastes wherever the customer reads it."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.create_session.tab import CreateSessionTab, Delivered
from rescue_console.desktop.create_session.ui_link import Ui_CreateSessionLink
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod

LINK_LINES = 4


class LinkTab(CreateSessionTab):
    """Creates a session and copies its link."""

    method = ConnectionMethod.LINK

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_CreateSessionLink()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.ui.linkEdit.setFixedHeight(self.ui.linkEdit.fontMetrics().lineSpacing() * LINK_LINES)
        self.ui.copyLinkButton.clicked.connect(self._copy)

    def title(self) -> str:
        """Return the tab's label."""
        return self.tr("Link")

    def action_text(self) -> str:
        """Return what the main button says."""
        return self.tr("Copy link to clipboard")

    async def deliver(self, session: Session) -> Delivered:
        """Copy the link, which the technician pastes for the customer."""
        self.ui.linkEdit.setPlainText(session.link)
        self._copy()
        self.ui.pages.setCurrentWidget(self.ui.donePage)
        self.ui.copyLinkButton.setFocus()
        return Delivered.READ_ON

    def reset(self) -> None:
        """Forget the link shown."""
        self.ui.linkEdit.clear()
        self.ui.pages.setCurrentWidget(self.ui.formPage)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.copiedMessage.say("")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.ui.linkEdit.toPlainText())
        self.ui.copiedMessage.say(self.tr("The link has been copied to the clipboard."), Tone.GOOD)
