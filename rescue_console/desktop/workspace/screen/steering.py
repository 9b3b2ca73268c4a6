"""Control from the screen's section: which screen, Ctrl-Alt-Del, and when input is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize

from rescue_console.desktop.palettes import Tone
from rescue_console.desktop.tool_tip import tool_tip
from rescue_console.desktop.workspace.screen.control_text import hindrance_text
from rescue_console.desktop.workspace.screen.remote_input import RemoteInput
from rescue_console.desktop.workspace.screen.shown_screen import screen_shown, screens_fitting
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
        self._wanted = False
        self._why_not = self._no_attention = ""
        self._paused = False
        self._screens: list[Screen] = []
        self._chosen = False
        self._size = QSize()
        self.input = RemoteInput(ui.area, channel.post)
        channel.received.connect(self._take)
        channel.closed.connect(self._on_closed)
        ui.placesButton.toggled.connect(self._on_places)
        ui.screenBox.activated.connect(self._on_chosen)
        ui.area.source_changed.connect(self._on_size)
        ui.controlLabel.installEventFilter(self)
        ui.attentionButton.clicked.connect(self.input.secure_attention)
        self._show()

    def set_session(self, session: Session) -> None:
        """Follow the consent to control."""
        consent = session.consents.get(Power.CONTROL, Consent.NONE)
        self._granted = consent is Consent.GRANTED
        self._wanted = consent is not Consent.NONE
        self._show()

    def _take(self, message: object) -> None:
        match message:
            case Greeting():
                self._able, self._why_not = message.can_control, message.why_not
                self._no_attention = message.no_attention
                self._paused = False
                self._set_screens(message.screens)
            case ScreensChanged():
                self._set_screens(message.screens)
            case ControlPaused():
                # The customer's own hands come first; the applet drops what is sent meanwhile.
                self._paused = message.paused
                self._show()
            case _:
                pass

    def _on_closed(self) -> None:
        self._able, self._why_not, self._no_attention = False, "", ""
        self._show()

    def _set_screens(self, screens: list[Screen]) -> None:
        if len(screens) != len(self._screens):
            self._chosen = False
        self._screens = screens
        box = self._ui.screenBox
        before = min(max(box.currentIndex(), 0), max(len(screens) - 1, 0))
        box.clear()
        for number, screen in enumerate(screens, 1):
            box.addItem(f"{number}: {screen.width} × {screen.height}")
        box.setCurrentIndex(before)
        self._find_screen()

    def _on_places(self, by_place: bool) -> None:
        # Nothing stays down that would be released in the other way.
        self.input.keyboard.release()
        self.input.keyboard.by_place = by_place

    def _on_chosen(self) -> None:
        """The technician knows better than the picture's size."""
        self._chosen = True
        self._find_screen()

    def _on_size(self, size: QSize) -> None:
        self._size = size
        self._find_screen()

    def _find_screen(self) -> None:
        """Point at the screen that was chosen, or else at the one that the picture must show."""
        box = self._ui.screenBox
        shown = screen_shown(self._screens, self._size.width(), self._size.height())
        if shown is not None and not self._chosen:
            box.setCurrentIndex(shown)
        self.input.screen = max(box.currentIndex(), 0)
        self._show()

    def _show(self) -> None:
        on = self._granted and self._able
        self.input.set_on(on)
        several = on and len(self._screens) > 1
        self._ui.screenLabel.setVisible(several)
        self._ui.screenBox.setVisible(several)
        self._ui.placesButton.setVisible(on)
        self._ui.attentionButton.setVisible(on)
        self._ui.attentionButton.setEnabled(not self._paused and not self._no_attention)
        self._ui.attentionButton.setToolTip(tool_tip(hindrance_text(self._no_attention)))
        self._say(on=on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        return False

    def _say(self, *, on: bool) -> None:
        """Tell why nothing moves there, once control was asked for."""
        label = self._ui.controlLabel
        if on and self._paused:
            label.say(self.tr("The customer is using mouse or keyboard."), Tone.WARNING)
        elif self._wanted and self._why_not:
            label.say(
                self.tr("No control: {0}").format(hindrance_text(self._why_not)), Tone.WARNING
            )
        elif on and self._shows_a_window():
            label.say(
                self.tr("Only a window is shown: the pointer may go elsewhere than you see."),
                Tone.WARNING,
            )
        else:
            label.say("")

    def _shows_a_window(self) -> bool:
        """Whether the picture has the shape of none of the screens."""
        size = self._size
        return not size.isEmpty() and not screens_fitting(
            self._screens, size.width(), size.height()
        )
