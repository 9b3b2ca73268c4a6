"""Control in the screen section: which screen, Ctrl-Alt-Del, and when input is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.control import hindrance_text
from rescue_console.desktop.workspace.screen.remote_input import RemoteInput
from rescue_console.desktop.workspace.screen.screen_choice import ScreenChoice
from rescue_console.desktop.workspace.section.asking import consent_of
from rescue_console.protocol.channel import ControlPaused, Greeting, ScreensChanged
from rescue_console.protocol.powers import Consent, Power

if TYPE_CHECKING:
    from rescue_console.desktop.workspace.screen.ui_screen import Ui_ScreenPane
    from rescue_console.desktop.workspace.section.channel import Channel
    from rescue_console.desktop.workspace.section.situation import Situation


class Steering(QObject):
    """Switches the input on while control is granted and the applet is there and able.

    Signals:
        changed: ``hindrance`` or the message shown may have changed.

    Attributes:
        choice: Which of the customer's screens is seen.
        input: Turns what is done over the picture into messages.
    """

    changed = Signal()

    def __init__(
        self, ui: Ui_ScreenPane, situation: Situation, channel: Channel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ui = ui
        self._situation = situation
        self._channel = channel
        self._able = False
        self._why_not = self._no_attention = ""
        self._paused = False
        self.choice = ScreenChoice(self)
        self.choice.add_box(ui.screenBox)
        self.input = RemoteInput(ui.area, channel.post)
        situation.session_changed.connect(self._on_session)
        channel.received.connect(self._on_received)
        channel.closed.connect(self._on_closed)
        ui.placesButton.toggled.connect(self._on_places)
        self.choice.changed.connect(self._show)
        ui.area.source_changed.connect(self.choice.set_size)
        on_language_change(ui.controlLabel, self._retranslate)
        ui.attentionButton.clicked.connect(self.input.secure_attention)
        self._show()

    @property
    def hindrance(self) -> str:
        """Why the customer's device cannot be controlled, as far as known; empty if it can."""
        return hindrance_text(self._why_not)

    @property
    def _granted(self) -> bool:
        return consent_of(self._situation.session, Power.CONTROL) is Consent.GRANTED

    def _on_session(self) -> None:
        if not self._situation.session.applet:
            # The next applet may be another, or may have been allowed more.
            self._why_not = ""
        self._show()

    def _on_received(self, message: object) -> None:
        match message:
            case Greeting():
                self._able, self._why_not = message.can_control, message.control_hindrance
                self._no_attention = message.attention_hindrance
                self._paused = False
                self.choice.set_screens(message.screens)
            case ScreensChanged():
                self.choice.set_screens(message.screens)
            case ControlPaused():
                # The customer's own hands come first; the applet drops what is sent meanwhile.
                self._paused = message.paused
                self._show()
            case _:
                pass

    def _on_closed(self) -> None:
        self._able, self._no_attention = False, ""
        self._show()

    def _on_places(self, by_place: bool) -> None:
        # Release all keys first: they would be released by the other method than pressed.
        self.input.keyboard.release()
        self.input.keyboard.by_place = by_place

    def _show(self) -> None:
        ui, on, seen = self._ui, self._granted and self._able, self.choice.number
        # Clicks on a screen that the technician does not see could do anything.
        self.input.set_on(on and seen is not None)
        if seen is not None:
            self.input.screen = seen
        several = on and len(self.choice.screens) > 1
        ui.screenLabel.setVisible(several)
        ui.screenBox.setVisible(several)
        ui.placesButton.setVisible(on)
        ui.attentionButton.setVisible(on)
        ui.attentionButton.setEnabled(
            seen is not None and not self._paused and not self._no_attention
        )
        ui.attentionButton.setToolTip(tool_tip(hindrance_text(self._no_attention)))
        self._say(on=on)
        self.changed.emit()

    def _retranslate(self) -> None:
        self.choice.retranslate()
        self._show()

    def _say(self, *, on: bool) -> None:
        """Say why input has no effect on the customer's device, or may go astray."""
        label = self._ui.controlLabel
        if on and self._paused:
            label.say(self.tr("The customer is using mouse or keyboard."), Tone.WARNING)
        elif self._why_not:
            label.say(self.tr("No control: {0}").format(self.hindrance), Tone.WARNING)
        elif on and self.choice.number is None:
            label.say(
                self.tr("Choose which screen you see: mouse and keyboard go nowhere until then."),
                Tone.WARNING,
            )
        elif on and self.choice.fits_none:
            label.say(
                self.tr("Only a window is shown: the pointer may go elsewhere than you see."),
                Tone.WARNING,
            )
        else:
            label.say("")
