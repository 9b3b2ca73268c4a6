"""Control from the screen's section: which screen, Ctrl-Alt-Del, and when input is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rescue_console.desktop.workspace.screen.remote_input import RemoteInput
from rescue_console.protocol.channel import ControlPaused, Greeting, Screen, ScreensChanged
from rescue_console.protocol.powers import Consent, Power

if TYPE_CHECKING:
    from rescue_console.desktop.forms.ui_screen import Ui_ScreenPane
    from rescue_console.desktop.workspace.channel import Channel
    from rescue_console.protocol.answers import Session


class Steering(QObject):
    """Switches the input on while control is granted and the applet is there and able.

    Attributes:
        input: Turns what is done over the picture into messages.
    """

    def __init__(self, ui: Ui_ScreenPane, channel: Channel, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._channel = channel
        self._granted = False
        self._able = False
        self._screens: list[Screen] = []
        self.input = RemoteInput(ui.area, channel.post)
        channel.received.connect(self._take)
        channel.closed.connect(self._on_closed)
        ui.screenBox.currentIndexChanged.connect(self._on_screen)
        ui.attentionButton.clicked.connect(self.input.secure_attention)
        self._show()

    def set_session(self, session: Session) -> None:
        """Follow the consent to control."""
        self._granted = session.consents.get(Power.CONTROL) is Consent.GRANTED
        self._show()

    def _take(self, message: object) -> None:
        match message:
            case Greeting():
                self._able = message.can_control
                self._set_screens(message.screens)
            case ScreensChanged():
                self._set_screens(message.screens)
            case ControlPaused():
                # The customer's own hands come first; the applet drops what is sent meanwhile.
                self._ui.attentionButton.setEnabled(not message.paused)
            case _:
                pass

    def _on_closed(self) -> None:
        self._able = False
        self._show()

    def _set_screens(self, screens: list[Screen]) -> None:
        self._screens = screens
        box = self._ui.screenBox
        chosen = min(max(box.currentIndex(), 0), max(len(screens) - 1, 0))
        box.blockSignals(True)
        box.clear()
        for number, screen in enumerate(screens, 1):
            box.addItem(f"{number}: {screen.width} × {screen.height}")
        box.setCurrentIndex(chosen)
        box.blockSignals(False)
        self.input.screen = chosen
        self._show()

    def _on_screen(self, place: int) -> None:
        self.input.screen = max(place, 0)

    def _show(self) -> None:
        on = self._granted and self._able
        self.input.set_on(on)
        several = on and len(self._screens) > 1
        self._ui.screenLabel.setVisible(several)
        self._ui.screenBox.setVisible(several)
        self._ui.attentionButton.setVisible(on)
