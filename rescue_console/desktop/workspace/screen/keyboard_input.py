"""Turns the technician's keys into messages to the applet, by text or by place.

By text, a key is sent as the text that it makes on the technician's own keyboard, so that the same
text arrives whatever layout the customer has; dead keys and input methods have already made their
character. A shortcut is sent as the key that makes the same letter there. By place, every key is
sent as the one at the same place on the customer's keyboard.
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from rescue_console.desktop.workspace.screen.key_codes import key_code
from rescue_console.protocol.channel import AllReleased, KeyChanged, Message, TextTyped

TEXT_MAX = 1_000

Key = Qt.Key
_Modifier = Qt.KeyboardModifier

_FOR_TEXT = {Key.Key_Shift, Key.Key_AltGr} | ({Key.Key_Alt} if sys.platform == "darwin" else set())
"""Keys that only choose among the characters of another key."""

_LOCKS = frozenset({Key.Key_CapsLock, Key.Key_NumLock})
"""Their effect is in the text already; sending them to the customer's device would undo it."""

_MODIFIERS = ("Shift", "Control", "Alt", "Meta")

_COMMANDS = _Modifier.ControlModifier | _Modifier.MetaModifier
_ALT_GR = _Modifier.ControlModifier | _Modifier.AltModifier
"""What Windows reports instead of AltGr."""

_ON_KEYPAD = {
    Key.Key_Home: "Home",
    Key.Key_Up: "ArrowUp",
    Key.Key_PageUp: "PageUp",
    Key.Key_Left: "ArrowLeft",
    Key.Key_Right: "ArrowRight",
    Key.Key_End: "End",
    Key.Key_Down: "ArrowDown",
    Key.Key_PageDown: "PageDown",
    Key.Key_Insert: "Insert",
    Key.Key_Delete: "Delete",
}
"""What the keypad's keys do while Num Lock is off here, whether or not it is on there."""


class KeyboardInput:
    """Sends keys and composed text, and remembers which keys are down on the other side.

    Attributes:
        by_place: Whether keys are sent by place rather than by text.

    Args:
        send: Called with each message; must not block.
    """

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self.by_place = False
        # By the number of the key here: what its release releases there.
        self._down: dict[int, KeyChanged] = {}
        # Keys that only choose characters, held back until something other than text needs them.
        self._kept: dict[int, KeyChanged] = {}

    def send_key(self, event: QKeyEvent) -> None:
        """Send a key press or release."""
        if event.type() == QEvent.Type.KeyRelease:
            # Ignore releases that auto-repeat makes up: the other side repeats by itself.
            if not event.isAutoRepeat():
                self._on_release(_number(event))
        elif not self.by_place and (text := _text(event)):
            self.send_text(text)
        elif not event.isAutoRepeat():
            self._on_press(event)

    def send_text(self, text: str) -> None:
        """Send what was typed or composed."""
        if not text:
            return
        # Shift or AltGr have had their effect here; there they would have it a second time.
        for number, key in list(self._down.items()):
            if key.code.startswith(_MODIFIERS):
                self._send(_up(self._down.pop(number)))
                self._kept[number] = key
        self._send(TextTyped(text=text[:TEXT_MAX]))

    def press_kept(self) -> None:
        """Press what was held back, because something other than text follows, such as a click."""
        for number, key in self._kept.items():
            self._send(key)
            self._down[number] = key
        self._kept.clear()

    def release(self) -> None:
        """Release all keys on the other side."""
        self._down.clear()
        self._kept.clear()
        self._send(AllReleased())

    def _on_press(self, event: QKeyEvent) -> None:
        key = self._key(event)
        if key is None:
            if event.text().isprintable():
                self.send_text(event.text())
        elif self.by_place:
            self._press(_number(event), key)
        elif event.key() in _FOR_TEXT:
            self._kept[_number(event)] = key
        elif event.key() not in _LOCKS:
            self.press_kept()
            self._press(_number(event), key)

    def _press(self, number: int, key: KeyChanged) -> None:
        self._send(key)
        self._down[number] = key

    def _on_release(self, number: int) -> None:
        self._kept.pop(number, None)
        key = self._down.pop(number, None)
        if key is not None:
            self._send(_up(key))

    def _key(self, event: QKeyEvent) -> KeyChanged | None:
        code = key_code(event.nativeScanCode(), event.nativeVirtualKey())
        if code is None or self.by_place:
            return None if code is None else KeyChanged(code=code, down=True)
        if code.startswith("Numpad"):
            code = _ON_KEYPAD.get(Qt.Key(event.key()), code)
        return KeyChanged(code=code, down=True, makes=_makes(event))


def _text(event: QKeyEvent) -> str:
    """Return the text that a key makes; empty if it is a command."""
    modifiers, text = event.modifiers(), event.text()
    if not text.isprintable():
        return ""
    if sys.platform == "win32" and modifiers & _ALT_GR == _ALT_GR:
        return text
    commands = _COMMANDS if sys.platform == "darwin" else _COMMANDS | _Modifier.AltModifier
    return "" if modifiers & commands else text


def _makes(event: QKeyEvent) -> str:
    """Return the character that a key makes without modifiers; empty if it makes none."""
    number = event.key()
    return chr(number).lower() if ord(" ") < number <= 0xFF else ""


def _number(event: QKeyEvent) -> int:
    """Return the number that identifies a key, pressed or released; macOS has no scan codes."""
    return event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()


def _up(key: KeyChanged) -> KeyChanged:
    return KeyChanged(code=key.code, down=False, makes=key.makes)
