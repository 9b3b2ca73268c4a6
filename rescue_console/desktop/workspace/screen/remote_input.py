"""Turns what the technician does over the picture into messages to the applet.

Nothing is sent until it is switched on, and everything pressed is let go of when it is switched
off or the keyboard goes elsewhere: no key stays down on the customer's device.
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
"""Eighths of a degree times 15: one notch of a usual wheel. Source: QWheelEvent.angleDelta."""

_NOTCHES_MAX = 100
_MOVE_MS = 8
"""At most so often is a movement told: faster than any screen shows it."""

_OWN_KEYS = frozenset(
    {
        QKeyCombination(Qt.Key.Key_F11),
        QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_F6),
    }
)
"""What stays here, since nobody could leave the picture by the keyboard without: full screen and
the way to the list."""

_BUTTONS = {
    Qt.MouseButton.LeftButton: MouseButton.LEFT,
    Qt.MouseButton.MiddleButton: MouseButton.MIDDLE,
    Qt.MouseButton.RightButton: MouseButton.RIGHT,
    Qt.MouseButton.BackButton: MouseButton.BACK,
    Qt.MouseButton.ForwardButton: MouseButton.FORWARD,
}


class RemoteInput(QObject):
    """Watches one ``PictureArea``.

    Attributes:
        keyboard: What becomes of keys.
        screen: Number of the customer's screen that is shown.

    Args:
        send: Takes each message; must not block.
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
        self._move.timeout.connect(self._tell_move)
        self.screen = 0
        area.installEventFilter(self)

    def set_on(self, on: bool) -> None:
        """Begin or end passing on what is done."""
        if on == self._on:
            return
        self._on = on
        self._area.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on)
        if not on:
            self._release()

    def secure_attention(self) -> None:
        """Press Ctrl-Alt-Del there."""
        if self._on:
            self._send(SecureAttention())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take the area's input while switched on."""
        if not self._on or watched is not self._area:
            return False
        match event:
            case QMouseEvent():
                return self._take_mouse(event)
            case QWheelEvent():
                return self._take_wheel(event)
            case QKeyEvent():
                return self._take_key(event)
            case QInputMethodEvent():
                self.keyboard.send_text(event.commitString())
                return True
            case _ if event.type() == QEvent.Type.FocusOut:
                self._release()
            case _:
                pass
        return False

    # Mouse

    def _take_mouse(self, event: QMouseEvent) -> bool:
        where = self._area.fraction_at(event.position())
        if where is None:
            return False
        self._moved = where
        if event.type() == QEvent.Type.MouseMove:
            if not self._move.isActive():
                self._tell_move()
                self._move.start()
            return True
        button = _BUTTONS.get(event.button())
        if button is None:
            return False
        # A click belongs to the very place where it was made.
        self._tell_move()
        down = event.type() != QEvent.Type.MouseButtonRelease
        self.keyboard.press_kept()
        self._send(ButtonChanged(button=button, down=down))
        if down:
            self._area.setFocus(Qt.FocusReason.MouseFocusReason)
        return True

    def _tell_move(self) -> None:
        moved, self._moved = self._moved, None
        if moved is not None and self._on:
            self._send(PointerMoved(screen=self.screen, x=moved[0], y=moved[1]))

    def _take_wheel(self, event: QWheelEvent) -> bool:
        """Count parts of a notch, as touch pads send them, until they make a whole one."""
        self._turned += QPointF(event.angleDelta())
        x, y = int(self._turned.x() / NOTCH), int(self._turned.y() / NOTCH)
        self._turned -= QPointF(x * NOTCH, y * NOTCH)
        if x or y:
            self.keyboard.press_kept()
            # Qt counts to the left as positive.
            self._send(WheelTurned(x=_bounded(-x), y=_bounded(y)))
        return True

    # Keyboard

    def _take_key(self, event: QKeyEvent) -> bool:
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
