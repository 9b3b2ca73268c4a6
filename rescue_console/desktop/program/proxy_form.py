"""The choice of a proxy: in the options, and before signing in. It applies and is kept at once."""

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.chosen_proxy import ChosenProxy
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import ProxyWay, Setting, Settings
from rescue_console.desktop.program.ui_proxy import Ui_ProxyForm
from rescue_console.network.errors import Unreachable


class ProxyForm(QWidget):
    """As the system, none, or an address with a port, a user and a password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ProxyForm()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        for way in ProxyWay:
            self.ui.wayBox.addItem(self._way_text(way), way.value)

    def use(self, settings: Settings) -> None:
        """Show and change *settings*."""
        self._settings = settings
        self._chosen = ChosenProxy.of(settings)
        self._chosen.kept.connect(self._on_kept)
        ui = self.ui
        ui.wayBox.currentIndexChanged.connect(self._on_way)
        ui.hostEdit.editingFinished.connect(self._on_host)
        ui.portBox.editingFinished.connect(self._on_port)
        ui.userEdit.editingFinished.connect(self._on_user)
        ui.passwordEdit.editingFinished.connect(self._on_password)
        settings.changed.connect(self._on_changed)
        for setting in (
            Settings.proxy_way,
            Settings.proxy_host,
            Settings.proxy_port,
            Settings.proxy_user,
        ):
            self._fill(setting.name)
        self._known = {self._place()}
        self._show()

    def _on_changed(self, name: str) -> None:
        self._fill(name)
        self._show()

    def _fill(self, name: str) -> None:
        """Set the control of one setting, without counting that as a choice.

        What is being typed into the others stays.
        """
        ui, settings = self.ui, self._settings
        match name:
            case Settings.proxy_way.name:
                with QSignalBlocker(ui.wayBox):
                    ui.wayBox.setCurrentIndex(ui.wayBox.findData(settings.proxy_way.value))
            case Settings.proxy_host.name:
                ui.hostEdit.setText(settings.proxy_host)
            case Settings.proxy_port.name:
                with QSignalBlocker(ui.portBox):
                    ui.portBox.setValue(settings.proxy_port)
            case Settings.proxy_user.name:
                ui.userEdit.setText(settings.proxy_user)

    def _show(self) -> None:
        """Enable what can be chosen now, and say what is missing."""
        ui, settings = self.ui, self._settings
        by_hand = settings.proxy_way is ProxyWay.BY_HAND
        self._enable(ui.wayBox, Settings.proxy_way, possible=True)
        self._enable(ui.hostEdit, Settings.proxy_host, possible=by_hand)
        self._enable(ui.portBox, Settings.proxy_port, possible=by_hand)
        self._enable(ui.userEdit, Settings.proxy_user, possible=by_hand)
        ui.passwordEdit.setEnabled(by_hand and bool(settings.proxy_user))
        if by_hand and not settings.proxy_host:
            ui.message.say(self.tr("Type the proxy’s address."), Tone.WARNING)
        elif by_hand and settings.proxy_user and self._place() not in self._known:
            ui.message.say(self.tr("Type the password for this proxy and user."), Tone.WARNING)
        elif not by_hand or ui.message.tone is not Tone.QUIET:
            ui.message.say("")

    def _place(self) -> tuple[str, str]:
        """Return what a password is kept for."""
        return self._settings.proxy_host, self._settings.proxy_user

    def _enable(self, control: QWidget, setting: Setting[Any], *, possible: bool) -> None:
        locked = self._settings.is_locked(setting.name)
        control.setEnabled(possible and not locked)
        control.setToolTip(
            self.tr("Set by your organization for everyone on this computer.") if locked else ""
        )

    # What the person chooses

    def _on_way(self) -> None:
        self._settings.proxy_way = ProxyWay(self.ui.wayBox.currentData())

    def _on_host(self) -> None:
        """Keep the address; of a whole one that was pasted, also port, user and password."""
        from rescue_console.network.way_out import read_proxy

        typed = self.ui.hostEdit.text().strip()
        if not typed:
            self._settings.proxy_host = ""
            self._show()
            return
        try:
            proxy = read_proxy(typed)
        except Unreachable:
            self.ui.message.say(self.tr("This is not the address of an HTTP proxy."), Tone.ERROR)
            return
        host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
        host = f"https://{host}" if proxy.secure else host
        self.ui.hostEdit.setText(host)
        self._settings.proxy_host = host
        if _names_a_port(typed):
            self._settings.proxy_port = proxy.port
        if proxy.user:
            self._settings.proxy_user = proxy.user
        if proxy.password:
            self._keep(proxy.password)
        else:
            self._on_password()
        self._show()

    def _on_port(self) -> None:
        self._settings.proxy_port = self.ui.portBox.value()

    def _on_user(self) -> None:
        self._settings.proxy_user = self.ui.userEdit.text().strip()
        self._on_password()

    def _on_password(self) -> None:
        """Keep the password; one that was typed before address and user waits for them."""
        password = self.ui.passwordEdit.text()
        if password and all(self._place()):
            self._keep(password)

    def _keep(self, password: str) -> None:
        self.ui.passwordEdit.setText("")
        self._chosen.keep(password)
        self._known.add(self._place())

    def _on_kept(self) -> None:
        if self._place() not in self._known:
            return  # It was kept for another one, and this one's is asked for.
        text = (
            self.tr("The password is kept in this computer’s keyring.")
            if self._chosen.passwords.persistent
            else self.tr(
                "This computer’s keyring did not take the password: it is kept until you quit."
            )
        )
        self.ui.message.say(text, Tone.QUIET)

    # Texts

    def _way_text(self, way: ProxyWay) -> str:
        match way:
            case ProxyWay.SYSTEM:
                return self.tr("As the system")
            case ProxyWay.NONE:
                return self.tr("None")
            case ProxyWay.BY_HAND:
                return self.tr("Set by hand")

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        for index, way in enumerate(ProxyWay):
            self.ui.wayBox.setItemText(index, self._way_text(way))


def _names_a_port(typed: str) -> bool:
    return typed.rstrip("/").rpartition("]")[2].rpartition(":")[2].isdecimal()
