"""Turns what the technician does over the picture into messages to the applet.

Nothing is sent until it is switched on, and everything pressed is released when it is switched off
or the keyboard focus goes elsewhere: no key stays down on the customer's device.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QWheelEvent

from rescue_console.desktop.workspace.screen.keyboard_input import KeyboardInput
from rescue_console.desktop.workspace.screen.picture_area import PictureArea
from rescue_console.protocol.channel import (
    ButtonChanged,
    Message,
    MouseButton,
    PointerMoved,
    SecureAttention,
    WheelTurned,
)

NOTCH = 120
"""One notch of an ordinary wheel, 15 degrees, in eighths of a degree.

Source: QWheelEvent.angleDelta.
"""

_NOTCHES_MAX = 100
_MOVE_MS = 8
"""The shortest time between two movements that are sent: faster than any screen shows them."""

_OWN_KEYS = frozenset(
    {
        QKeyCombination(Qt.Key.Key_F11),
        QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_F6),
    }
)
"""Keys that are not sent, since without them nobody could leave the picture by keyboard: full
screen, and the way to the session list."""

_BUTTONS = {
    Qt.MouseButton.LeftButton: MouseButton.LEFT,
    Qt.MouseButton.MiddleButton: MouseButton.MIDDLE,
    Qt.MouseButton.RightButton: MouseButton.RIGHT,
    Qt.MouseButton.BackButton: MouseButton.BACK,
    Qt.MouseButton.ForwardButton: MouseButton.FORWARD,
}


class RemoteInput(QObject):
    """Sends the input of one ``PictureArea``.

    Attributes:
        keyboard: Sends the keys.
        screen: Number of the customer's screen that is shown.

    Args:
        send: Called with each message; must not block.
    """

    def __init__(self, area: PictureArea, send: Callable[[Message], None]) -> None:
        super().__init__(area)
        self._area = area
        self._send = send
        self._on = False
        self.keyboard = KeyboardInput(send)
        self._turned = QPointF()
        self._moved: tuple[float, float] | None = None
        self._move = QTimer(self, singleShot=True, interval=_MOVE_MS)
        self._move.timeout.connect(self._send_move)
        self.screen = 0
        area.installEventFilter(self)

    def set_on(self, on: bool) -> None:
        """Begin or stop sending input."""
        if on == self._on:
            return
        self._on = on
        self._area.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on)
        if not on:
            self._release()

    def secure_attention(self) -> None:
        """Press Ctrl-Alt-Del on the customer's device."""
        if self._on:
            self._send(SecureAttention())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Send the area's input while switched on."""
        if not self._on or watched is not self._area:
            return False
        match event:
            case QMouseEvent():
                return self._on_mouse(event)
            case QWheelEvent():
                return self._on_wheel(event)
            case QKeyEvent():
                return self._on_key(event)
            case QInputMethodEvent():
                self.keyboard.send_text(event.commitString())
                return True
            case _ if event.type() == QEvent.Type.FocusOut:
                self._release()
            case _:
                pass
        return False

    # Mouse

    def _on_mouse(self, event: QMouseEvent) -> bool:
        where = self._area.fraction_at(event.position())
        if where is None:
            return False
        self._moved = where
        if event.type() == QEvent.Type.MouseMove:
            if not self._move.isActive():
                self._send_move()
                self._move.start()
            return True
        button = _BUTTONS.get(event.button())
        if button is None:
            return False
        # A click must arrive at the very place where it was made.
        self._send_move()
        down = event.type() != QEvent.Type.MouseButtonRelease
        self.keyboard.press_kept()
        self._send(ButtonChanged(button=button, down=down))
        if down:
            self._area.setFocus(Qt.FocusReason.MouseFocusReason)
        return True

    def _send_move(self) -> None:
        moved, self._moved = self._moved, None
        if moved is not None and self._on:
            self._send(PointerMoved(screen=self.screen, x=moved[0], y=moved[1]))

    def _on_wheel(self, event: QWheelEvent) -> bool:
        """Add up the parts of a notch that touch pads send until they make a whole one."""
        self._turned += QPointF(event.angleDelta())
        x, y = int(self._turned.x() / NOTCH), int(self._turned.y() / NOTCH)
        self._turned -= QPointF(x * NOTCH, y * NOTCH)
        if x or y:
            self.keyboard.press_kept()
            # In Qt, left is positive.
            self._send(WheelTurned(x=_bounded(-x), y=_bounded(y)))
        return True

    # Keyboard

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.keyCombination() in _OWN_KEYS:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            # The window's own shortcuts are meant for the customer's device now.
            event.accept()
        else:
            self.keyboard.send_key(event)
        return True

    def _release(self) -> None:
        self._moved = None
        self._turned = QPointF()
        self.keyboard.release()


def _bounded(notches: int) -> int:
    return max(-_NOTCHES_MAX, min(notches, _NOTCHES_MAX))
