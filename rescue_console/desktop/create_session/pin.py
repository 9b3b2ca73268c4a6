"""The *PIN code* tab: a code that the technician reads out and the customer types on a page."""

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.create_session.tab import CreateSessionTab, Delivered
from rescue_console.desktop.create_session.ui_pin import Ui_CreateSessionPin
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.links import group_digits

PIN_SIZE = 3.2
ADDRESS_SIZE = 1.3
"""As multiples of the size of plain text: both are read across a desk during a phone call."""


class PinTab(CreateSessionTab):
    """Creates a PIN code and shows it large for as long as it is valid."""

    method = ConnectionMethod.PIN

    def __init__(self, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing = standing
        self.ui = Ui_CreateSessionPin()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self._session: Session | None = None
        self._since_created = QElapsedTimer()
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self._show_time_left)
        self.ui.copyPinButton.clicked.connect(self._copy_pin)
        self.ui.copyAddressButton.clicked.connect(self._copy_address)
        self._enlarge(self.ui.pinLabel, PIN_SIZE)
        self._enlarge(self.ui.addressLabel, ADDRESS_SIZE)
        standing.me_changed.connect(self._explain)
        self._explain()

    def title(self) -> str:
        """Return the tab's label."""
        return self.tr("PIN code")

    def action_text(self) -> str:
        """Return what the main button says."""
        return self.tr("Create PIN code")

    async def deliver(self, session: Session) -> Delivered:
        """Show the code, which the technician reads out to the customer."""
        self._session = session
        self._since_created.start()
        self.ui.pinLabel.setText(group_digits(session.code))
        self.ui.addressLabel.setText(session.link)
        self.ui.copiedMessage.say("")
        self._show_time_left()
        self._second.start()
        self.ui.pages.setCurrentWidget(self.ui.donePage)
        self.ui.copyPinButton.setFocus()
        return Delivered.READ_ON

    def reset(self) -> None:
        """Forget the code shown."""
        self._second.stop()
        self._session = None
        self.ui.pinLabel.clear()
        self.ui.pages.setCurrentWidget(self.ui.formPage)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.copiedMessage.say("")
        self._explain()
        self._show_time_left()

    def _explain(self) -> None:
        """Show the address of the page where codes are typed."""
        me = self._standing.me
        address = me.settings.public_url or me.server.public_url
        self.ui.explanation.setText(
            self.tr(
                "Creates a short code that you tell the customer, who types it on this page:\n{0}"
            ).format(address)
        )

    def _show_time_left(self) -> None:
        """Count down from the code's whole life, since the two computers' clocks may differ."""
        session = self._session
        if session is None or session.expires_at is None:
            self.ui.timeLeftLabel.setText("")
            return
        life_s = (session.expires_at - session.created_at).total_seconds()
        left_s = int(life_s - self._since_created.elapsed() / 1_000)
        if left_s <= 0:
            self._second.stop()
            self.ui.timeLeftLabel.setText(self.tr("This PIN code has expired. Create a new one."))
            return
        minutes, seconds = divmod(left_s, 60)
        self.ui.timeLeftLabel.setText(
            self.tr("Good for another {0} min {1} s").format(minutes, f"{seconds:02}")
        )

    def _copy_pin(self) -> None:
        if self._session is not None:
            QGuiApplication.clipboard().setText(self._session.code)
            self.ui.copiedMessage.say(self.tr("The PIN code has been copied."), Tone.GOOD)

    def _copy_address(self) -> None:
        if self._session is not None:
            QGuiApplication.clipboard().setText(self._session.link)
            self.ui.copiedMessage.say(self.tr("The address has been copied."), Tone.GOOD)

    @staticmethod
    def _enlarge(widget: QWidget, factor: float) -> None:
        font = widget.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        widget.setFont(font)
