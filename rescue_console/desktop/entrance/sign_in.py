"""The sign-in window: server, e-mail, password, and beside each what is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QStyle, QWidget

from rescue_console.client.credentials import KeyringTrouble
from rescue_console.desktop.entrance.attempts import SignInAttempts
from rescue_console.desktop.entrance.ui_sign_in import Ui_SignIn
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.message_label import MessageLabel
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.words.address import address_text
from rescue_console.desktop.words.error import error_text, too_many_attempts_text
from rescue_console.desktop.words.keyring import keyring_text
from rescue_console.network.errors import (
    ClientError,
    Misunderstood,
    Refused,
    Unreachable,
)
from rescue_console.network.server_address import AddressRefused, ServerAddress, read_address
from rescue_console.protocol.pasted import bare_address
from rescue_console.protocol.problems import ProblemWord

if TYPE_CHECKING:
    from rescue_console.client.account import Account


class SignInWindow(QWidget):
    """Signs a technician in.

    Signals:
        signed_in: An ``Account`` has been opened; the receiver must close it.
        closed: The person has closed the window.
        failed: A fault of this program occurred; it has already been logged.
    """

    signed_in = Signal(object)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, settings: Settings, server: str = "") -> None:
        super().__init__()
        self._settings = settings
        self._attempts = SignInAttempts()
        self._busy = False
        self._wait_s = 0
        self._trouble_said: KeyringTrouble | None = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.ui = Ui_SignIn()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.ui.serverEdit.setText(server or settings.server_url)
        self.ui.serverEdit.setReadOnly(settings.is_locked("server_url") and not server)
        self.ui.emailEdit.setText(settings.email)
        self.ui.exposedBox.hide()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._on_second)
        self._connect()
        self._draw_icon()
        self._keep_room_for_progress()
        self._set_busy(False)
        self._focus_first_empty()

    def _connect(self) -> None:
        self.ui.signInButton.clicked.connect(self._on_sign_in)
        self.ui.cancelButton.clicked.connect(self._on_cancel)
        self.ui.proxyButton.clicked.connect(self._on_proxy)
        for edit, message in self._fields():
            edit.returnPressed.connect(self._on_sign_in)
            edit.textEdited.connect(lambda _, message=message: message.say(""))
        self.ui.serverEdit.textEdited.connect(lambda: self.ui.exposedBox.hide())

    def _fields(self) -> tuple[tuple[QLineEdit, MessageLabel], ...]:
        return (
            (self.ui.serverEdit, self.ui.serverMessage),
            (self.ui.emailEdit, self.ui.emailMessage),
            (self.ui.passwordEdit, self.ui.passwordMessage),
        )

    def _focus_first_empty(self) -> None:
        for edit, _ in self._fields():
            if not edit.text():
                edit.setFocus()
                return

    @property
    def busy(self) -> bool:
        """Whether the server is being asked at this moment."""
        return self._busy

    def say(self, text: str, tone: Tone = Tone.WARNING) -> None:
        """Show a message that concerns no field in particular; an empty text removes it."""
        self.ui.message.say(text, tone)

    # Resuming the last sign-in

    def resume(self) -> None:
        """Sign in with what the keyring has kept, if anything."""
        try:
            server = read_address(self.ui.serverEdit.text())
        except AddressRefused:
            return
        email = self._email()
        if email:
            self._try(lambda: self._attempts.with_token(server, email), "resume sign-in")

    # Signing in with a password

    def _on_sign_in(self) -> None:
        if self._busy or self._wait_s:
            return
        for _, message in self._fields():
            message.say("")
        self.say("")
        server = self._read_server()
        if server is None or not self._is_complete():
            return
        email, password = self._email(), self.ui.passwordEdit.text()
        self._try(lambda: self._attempts.with_password(server, email, password), "sign in")

    def _read_server(self) -> ServerAddress | None:
        """Return the typed address; ``None`` if it is not valid or would expose the password."""
        try:
            server = read_address(self.ui.serverEdit.text())
        except AddressRefused as refusal:
            self._complain(self.ui.serverEdit, address_text(refusal.fault))
            return None
        if server.exposed and not (
            self.ui.exposedBox.isVisible() and self.ui.exposedBox.isChecked()
        ):
            self.ui.exposedBox.setChecked(False)
            self.ui.exposedBox.show()
            self._complain(
                self.ui.serverEdit,
                self.tr(
                    "This address is not encrypted: your password could be read on the way. Use "
                    "https:// if the server offers it."
                ),
            )
            return None
        return server

    def _is_complete(self) -> bool:
        if not self._email():
            self._complain(self.ui.emailEdit, self.tr("Type your e-mail address."))
            return False
        if not self.ui.passwordEdit.text():
            self._complain(self.ui.passwordEdit, self.tr("Type your password."))
            return False
        return True

    def _email(self) -> str:
        return bare_address(self.ui.emailEdit.text())

    # An attempt

    def _try(self, opening: Callable[[], Awaitable[Account | None]], name: str) -> None:
        self._set_busy(True)
        self.jobs.start(self._attempt(opening), name)

    async def _attempt(self, opening: Callable[[], Awaitable[Account | None]]) -> None:
        try:
            account = await opening()
        except ClientError as error:
            self._set_busy(False)
            self._show_error(error)
            return
        finally:
            self._set_busy(False)
        if account is not None:
            self._welcome(account)
        elif (trouble := self._attempts.keyring_trouble) is not None:
            self._trouble_said = trouble
            self.say(keyring_text(trouble), Tone.QUIET)

    def why_unkept(self) -> str:
        """Return why the sign-in is not kept, unless this window has said so or will next time.

        A keyring that is not there is told at the next start, where the password is missed.
        """
        trouble = self._attempts.keyring_trouble
        if trouble is None or trouble in (KeyringTrouble.ABSENT, self._trouble_said):
            return ""
        return keyring_text(trouble)

    def _welcome(self, account: Account) -> None:
        self._settings.server_url = account.server.url
        self._settings.email = self._email()
        self.ui.passwordEdit.clear()
        self.signed_in.emit(account)

    def _on_cancel(self) -> None:
        if self._busy:
            self.jobs.cancel_all()
            self._set_busy(False)
        else:
            self.close()

    def _on_proxy(self) -> None:
        from rescue_console.desktop.entrance.proxy import ProxyDialog

        dialog = ProxyDialog(self._settings, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for edit, _ in self._fields():
            edit.setEnabled(not busy)
        self.ui.exposedBox.setEnabled(not busy)
        self.ui.proxyButton.setEnabled(not busy)
        self.ui.signInButton.setEnabled(not busy and not self._wait_s)
        self.ui.progress.setVisible(busy)
        self.ui.cancelButton.setText(self.tr("Cancel") if busy else self.tr("Quit"))

    # What went wrong

    def _show_error(self, error: ClientError) -> None:
        match error:
            case Unreachable() | Misunderstood():
                self._complain(self.ui.serverEdit, error_text(error))
            case Refused() if error.problem.word == ProblemWord.WRONG_CREDENTIALS:
                self._complain(self.ui.passwordEdit, error_text(error))
            case Refused() if error.problem.word == ProblemWord.TOO_MANY_ATTEMPTS:
                self._wait(error.problem.retry_after_s or 1)
            case _:
                self.say(error_text(error), Tone.ERROR)
                self._focus_first_empty()

    def _complain(self, edit: QLineEdit, text: str) -> None:
        """Say beside a field what is wrong with it; what was typed stays."""
        for each, message in self._fields():
            if each is edit:
                message.say(text, Tone.ERROR)
        edit.setFocus()
        edit.selectAll()

    def _wait(self, seconds: int) -> None:
        """Count down until the server accepts another attempt."""
        self._wait_s = seconds
        self._second.start()
        self._show_wait()

    def _on_second(self) -> None:
        self._wait_s -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        if self._wait_s > 0:
            self.say(too_many_attempts_text(self._wait_s), Tone.WARNING)
        else:
            self._wait_s = 0
            self._second.stop()
            self.say("")
        self._set_busy(self._busy)

    # The window

    def _keep_room_for_progress(self) -> None:
        policy = self.ui.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.ui.progress.setSizePolicy(policy)

    def _draw_icon(self) -> None:
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_LargeIconSize) * 3 // 2
        self.ui.iconLabel.setPixmap(icon("app").pixmap(size, size))
        self.setWindowIcon(icon("app"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Let Escape cancel an attempt."""
        if event.key() == Qt.Key.Key_Escape and self._busy:
            self._on_cancel()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Cancel what is running."""
        self.jobs.cancel_all()
        super().closeEvent(event)
        self.closed.emit()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._set_busy(self._busy)
