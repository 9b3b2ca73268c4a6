"""The *E-mail* tab: the link by e-mail, from the technician's mail client or the Rescue servers."""

from msgspec import UNSET
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from rescue_console.desktop.create_session.handover import MailHandover
from rescue_console.desktop.create_session.tab import CreateSessionTab, Delivered
from rescue_console.desktop.create_session.ui_email import Ui_CreateSessionEmail
from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.retry_key import RetryKey
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.look.message_label import MessageLabel
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import EmailWay, Settings
from rescue_console.desktop.words.permission import missing_permission
from rescue_console.desktop.words.platform import platform_name
from rescue_console.desktop.words.refused import refused_text
from rescue_console.protocol.answers import MailText, Session
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform, Language
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.requests import CreateSession, PreviewMail
from rescue_console.protocol.text import TextRefused, check_address


class EmailTab(CreateSessionTab):
    """Creates a session and sends its link by e-mail."""

    method = ConnectionMethod.EMAIL

    def __init__(
        self,
        calls: Calls,
        standing: Standing,
        jobs: Jobs,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._settings = settings
        self._key = RetryKey()
        self._standing = standing
        self._name = ""
        self._language: Language | None = None
        self.ui = Ui_CreateSessionEmail()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self._handover = MailHandover(self.ui)
        self._ways = QButtonGroup(self)
        self._ways.addButton(self.ui.ownClientButton)
        self._ways.addButton(self.ui.serverButton)
        self.ui.preview.use(calls, jobs)
        self._fill_platforms()
        self._choose(settings.email_way)
        self._show_what_is_allowed()
        standing.me_changed.connect(self._on_me)
        self._ways.buttonToggled.connect(self._on_changed)
        self.ui.toEdit.textChanged.connect(self._on_changed)
        self.ui.mobileBox.toggled.connect(self._on_mobile_toggled)
        self.ui.platformBox.currentIndexChanged.connect(self._on_changed)

    @property
    def way(self) -> EmailWay | None:
        """The way chosen; ``None`` when neither is possible."""
        for way, button in self._buttons().items():
            if button.isChecked() and button.isEnabledTo(self):
                return way
        return None

    @property
    def platform(self) -> DevicePlatform:
        """The device platform chosen."""
        return DevicePlatform(self.ui.platformBox.currentData())

    def title(self) -> str:
        """Return the tab's label."""
        return self.tr("E-mail")

    def action_text(self) -> str:
        """Return what the main button says."""
        return self.tr("Send link by e-mail")

    def missing(self) -> str:
        """Return why the mail cannot be sent yet."""
        if self.way is None:
            return self.tr("Neither way of sending is available.")
        typed = self.ui.toEdit.text()
        if self.way is EmailWay.OWN_CLIENT and not typed.strip():
            return ""
        try:
            check_address(typed)
        except TextRefused as refusal:
            return refused_text(refusal)
        return ""

    def set_customer(self, name: str, language: Language) -> None:
        """Show the mail for this customer."""
        self._name = name
        self._language = language
        self._show_preview()

    def request(self, name: str, language: Language) -> CreateSession:
        """Return the request that creates the session as chosen here."""
        address = self._address() if self._standing.me.server.keeps_address else ""
        return CreateSession(
            method=self.method,
            name=name,
            language=language,
            mobile=self.ui.mobileBox.isChecked(),
            platform=self.platform,
            to=address or UNSET,
        )

    async def deliver(self, session: Session) -> Delivered:
        """Send the mail the chosen way."""
        way = self.way or EmailWay.OWN_CLIENT
        address = self._address()
        if way is EmailWay.SERVER:
            await self._calls.send_email(session.id, address, self._key.key((session.id, address)))
            self._key.succeeded()
        self._settings.email_way = way
        if way is EmailWay.SERVER:
            return Delivered.NOTHING
        mail = session.mail or MailText(subject="", text=session.link)
        self._handover.start(address, mail, session.link)
        self.ui.pages.setCurrentWidget(self.ui.donePage)
        self.ui.copyTextButton.setFocus()
        return Delivered.READ_ON

    def _address(self) -> str:
        """Return what was typed, which ``missing`` has accepted; it may be empty."""
        typed = self.ui.toEdit.text()
        return check_address(typed) if typed.strip() else ""

    def reset(self) -> None:
        """Forget the customer; the way of sending stays chosen."""
        self.ui.toEdit.clear()
        self.ui.mobileBox.setChecked(False)
        self.ui.platformBox.setCurrentIndex(0)
        self.ui.pages.setCurrentWidget(self.ui.formPage)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        for index in range(self.ui.platformBox.count()):
            platform = DevicePlatform(self.ui.platformBox.itemData(index))
            self.ui.platformBox.setItemText(index, platform_name(platform))
        self._show_what_is_allowed()
        self._handover.show()

    def _buttons(self) -> dict[EmailWay, QRadioButton]:
        return {
            EmailWay.OWN_CLIENT: self.ui.ownClientButton,
            EmailWay.SERVER: self.ui.serverButton,
        }

    def _choose(self, way: EmailWay) -> None:
        self._buttons()[way].setChecked(True)

    def _fill_platforms(self) -> None:
        for platform in DevicePlatform:
            self.ui.platformBox.addItem(platform_name(platform), platform.value)

    def _on_me(self) -> None:
        self._show_what_is_allowed()
        self.ui.preview.refresh()
        self._on_changed()

    def _on_changed(self) -> None:
        self._show_preview()
        self.changed.emit()

    def _on_mobile_toggled(self) -> None:
        self._show_what_is_allowed()
        self._on_changed()

    def _show_preview(self) -> None:
        if self._language is not None:
            way = self.way or EmailWay.SERVER
            self.ui.preview.want(PreviewMail(name=self._name, language=self._language), way)

    def _why_not(self) -> dict[EmailWay, str]:
        """Return for each way why it is not available; empty when it is."""
        me = self._standing.me
        reasons = {EmailWay.OWN_CLIENT: "", EmailWay.SERVER: ""}
        if Permission.EMAIL_OWN_CLIENT not in me.permissions:
            reasons[EmailWay.OWN_CLIENT] = missing_permission(Permission.EMAIL_OWN_CLIENT)
        if Permission.EMAIL_SERVER not in me.permissions:
            reasons[EmailWay.SERVER] = missing_permission(Permission.EMAIL_SERVER)
        elif not me.server.mail:
            reasons[EmailWay.SERVER] = self.tr(
                "This server cannot send mail yet. Ask your IT department to set up its mail "
                "server."
            )
        return reasons

    def _show_what_is_allowed(self) -> None:
        """Offer the ways of sending and the platforms that the group and the server allow."""
        hints: dict[EmailWay, MessageLabel] = {
            EmailWay.OWN_CLIENT: self.ui.ownClientMessage,
            EmailWay.SERVER: self.ui.serverMessage,
        }
        reasons = self._why_not()
        for way, button in self._buttons().items():
            button.setEnabled(not reasons[way])
            button.setToolTip(reasons[way])
            button.setAccessibleDescription(reasons[way])
            hints[way].say(reasons[way], Tone.QUIET)
        self._leave_unavailable_way(reasons)
        self._show_mobile(Permission.MOBILE_MODULE in self._standing.me.permissions)

    def _leave_unavailable_way(self, reasons: dict[EmailWay, str]) -> None:
        """Choose another way if the chosen one is unavailable, the technician's usual one first."""
        usual = self._settings.email_way
        if self.way is None:
            available = [way for way in (usual, *EmailWay) if not reasons[way]]
            self._choose(available[0] if available else usual)

    def _show_mobile(self, allowed: bool) -> None:
        """Enable what the mobile module allows, and the platforms that fit the check box."""
        reason = "" if allowed else missing_permission(Permission.MOBILE_MODULE)
        self.ui.mobileBox.setEnabled(allowed)
        self.ui.mobileBox.setToolTip(reason)
        self.ui.mobileBox.setAccessibleDescription(reason)
        with QSignalBlocker(self.ui.mobileBox):
            self.ui.mobileBox.setChecked(self.ui.mobileBox.isChecked() and allowed)
        self._enable_platforms(allowed=allowed, reason=reason)

    def _enable_platforms(self, *, allowed: bool, reason: str) -> None:
        model = self.ui.platformBox.model()
        assert isinstance(model, QStandardItemModel)
        for index in range(self.ui.platformBox.count()):
            platform = DevicePlatform(self.ui.platformBox.itemData(index))
            fits = platform.is_mobile or not self.ui.mobileBox.isChecked()
            usable = platform is DevicePlatform.AUTO or (
                fits and (allowed or not platform.is_mobile)
            )
            model.item(index).setEnabled(usable)
            self.ui.platformBox.setItemData(
                index, reason if platform.is_mobile else "", Qt.ItemDataRole.ToolTipRole
            )
            if not usable and index == self.ui.platformBox.currentIndex():
                self.ui.platformBox.setCurrentIndex(0)
