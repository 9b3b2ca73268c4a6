"""Shows the mail as it will be sent, and keeps up with what is being typed."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGroupBox, QWidget

from rescue_console.desktop.create_session.ui_preview import Ui_MailPreviewForm
from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import EmailWay
from rescue_console.desktop.words.error import error_text
from rescue_console.network.errors import ClientError
from rescue_console.protocol.answers import MailText
from rescue_console.protocol.requests import PreviewMail

DELAY_MS = 250
"""Pause in typing after which the server is asked, in milliseconds."""


class MailPreview(QGroupBox):
    """Shows a mail; the last good one stays readable while the next is fetched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_MailPreviewForm()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.ui.retryButton.hide()
        self.ui.retryButton.clicked.connect(self._fetch)
        self._calls: Calls | None = None
        self._jobs: Jobs | None = None
        self._wanted: PreviewMail | None = None
        self._shown: PreviewMail | None = None
        self._mail: MailText | None = None
        self._error: ClientError | None = None
        self._way = EmailWay.SERVER
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._fetch)

    def use(self, calls: Calls, jobs: Jobs) -> None:
        """Set who renders mails, and the jobs that fetch them; to be called before ``want``."""
        self._calls = calls
        self._jobs = jobs

    @property
    def up_to_date(self) -> bool:
        """Whether the mail shown is the one last asked for."""
        return self._shown is not None and self._shown == self._wanted

    def want(self, request: PreviewMail, way: EmailWay) -> None:
        """Show the mail for *request* soon, as it would be sent by *way*."""
        self._way = way
        self._show_sender()
        if request != self._wanted:
            self._wanted = request
            self._timer.start()

    def refresh(self) -> None:
        """Fetch again even for the same request: the texts or the names in it may have changed."""
        self._shown = None
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Catch up with what was typed while nobody could see the preview."""
        super().showEvent(event)
        if not self.up_to_date:
            self._timer.start()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._show_sender()
        self._show_state()

    @Slot()
    def _fetch(self) -> None:
        if self._jobs is not None and self._wanted is not None and self.isVisible():
            self._error = None
            self._jobs.start(self._load(self._wanted), "preview mail")
            self._show_state()

    async def _load(self, request: PreviewMail) -> None:
        """Fetch one mail; an answer that has been overtaken by more typing is dropped."""
        assert self._calls is not None, "use is called first"
        try:
            mail = await self._calls.preview_mail(request)
        except ClientError as error:
            if request == self._wanted:
                self._error = error
                self._show_state()
            return
        if request == self._wanted:
            self._mail = mail
            self._shown = request
            self._error = None
            self._show_mail(mail)
            self._show_state()

    def _show_mail(self, mail: MailText) -> None:
        self.ui.subjectLabel.setText(mail.subject)
        if self.ui.textEdit.toPlainText() != mail.text:
            self.ui.textEdit.setPlainText(mail.text)
        self._show_sender()

    def _show_sender(self) -> None:
        """Show the sender, which is known only if the server sends the mail."""
        by_server = self._way is EmailWay.SERVER
        sender = self._mail.sender if self._mail and by_server else ""
        self.ui.senderLabel.setText(
            sender if by_server else self.tr("the account of your mail client")
        )
        reply_to = self._mail.reply_to if self._mail and by_server else ""
        self.ui.replyToLabel.setText(reply_to)
        self.ui.replyToCaption.setVisible(bool(reply_to))
        self.ui.replyToLabel.setVisible(bool(reply_to))

    def _show_state(self) -> None:
        self.ui.retryButton.setVisible(self._error is not None)
        if self._error is not None:
            self.ui.stateMessage.say(
                self.tr("The preview could not be loaded.") + " " + error_text(self._error),
                Tone.ERROR,
            )
        elif not self.up_to_date and self._wanted is not None:
            self.ui.stateMessage.say(self.tr("Loading the preview…"), Tone.QUIET)
        else:
            self.ui.stateMessage.say("")
