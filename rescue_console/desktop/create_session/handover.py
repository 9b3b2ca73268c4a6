"""The page after a mail went to the technician's mail client: what happened and what else to do.

Whether the client has really opened the mail cannot be known, so the text and the link can always
be copied.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from rescue_console.desktop.create_session.mail_client import Handover, open_in_mail_client
from rescue_console.desktop.create_session.ui_email import Ui_CreateSessionEmail
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.system_opener import SystemOpener
from rescue_console.protocol.answers import MailText

HEADLINE_SIZE = 1.3
"""As a multiple of the size of plain text."""


class MailHandover(QObject):
    """Controls the second page of the e-mail tab's form."""

    def __init__(self, ui: Ui_CreateSessionEmail) -> None:
        super().__init__(ui.donePage)
        self._ui = ui
        self._to = ""
        self._mail = MailText(subject="", text="")
        self._link = ""
        self._outcome = Handover.OPENED
        self._opener = SystemOpener(self)
        self._opener.failed.connect(self._on_failed)
        font = ui.headline.font()
        font.setPointSizeF(font.pointSizeF() * HEADLINE_SIZE)
        font.setBold(True)
        ui.headline.setFont(font)
        ui.copyTextButton.clicked.connect(self._copy_text)
        ui.copyLinkButton.clicked.connect(self._copy_link)
        ui.openAgainButton.clicked.connect(self._open)

    def start(self, to: str, mail: MailText, link: str) -> None:
        """Open *mail* in the mail client and show what came of it."""
        self._to, self._mail, self._link = to, mail, link
        self._ui.mailText.setPlainText(self._whole_mail())
        self._open()

    def show(self) -> None:
        """Say what happened, in the current language."""
        headline, explanation = self._words()
        self._ui.headline.setText(headline)
        self._ui.explanation.setText(explanation)
        self._ui.openAgainButton.setVisible(self._outcome is not Handover.TOO_LONG)
        self._ui.copiedMessage.say("")

    def _words(self) -> tuple[str, str]:
        match self._outcome:
            case Handover.OPENED:
                return (
                    self.tr("The mail is open in your mail client"),
                    self.tr(
                        "Send it from there. If no mail has appeared, copy the text or the link "
                        "and send it another way."
                    ),
                )
            case Handover.TOO_LONG:
                return (
                    self.tr("The mail is too long for a mail client"),
                    self.tr(
                        "Mail clients cut off a mail of this length when a program opens it. "
                        "Copy the text or the link and send it another way."
                    ),
                )
            case Handover.NO_CLIENT:
                return (
                    self.tr("No mail client could be opened"),
                    self.tr(
                        "This computer has no mail client set for opening mails. Copy the text or "
                        "the link and send it another way."
                    ),
                )

    def _open(self) -> None:
        self._outcome = open_in_mail_client(self._to, self._mail, self._opener)
        self.show()

    def _on_failed(self) -> None:
        self._outcome = Handover.NO_CLIENT
        self.show()

    def _whole_mail(self) -> str:
        return (
            f"{self._mail.subject}\n\n{self._mail.text}"
            if self._mail.subject
            else (self._mail.text)
        )

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._whole_mail())
        self._ui.copiedMessage.say(self.tr("The text has been copied."), Tone.GOOD)

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._link)
        self._ui.copiedMessage.say(self.tr("The link has been copied."), Tone.GOOD)
