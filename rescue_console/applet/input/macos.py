"""Pointer, keyboard and screens of macOS.

macOS lets a program control these once the person has allowed it under Privacy & Security,
Accessibility.

Sources: developer.apple.com, Core Graphics: CGEvent, CGDisplay; Application Services:
AXIsProcessTrusted.
"""

import ctypes
import threading
from typing import Any

from rescue_console.applet.input.base import Device, InputFailed
from rescue_console.applet.input.keys import MACOS
from rescue_console.protocol.channel import MouseButton, Screen
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance

_FRAMEWORK = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
_HID = 0
_MOVED = 5
_LINES = 1
_SCREENS_MAX = 64
_BUTTONS = {
    # The button's number, and its events for pressing, releasing and dragging.
    MouseButton.LEFT: (0, 1, 2, 6),
    MouseButton.RIGHT: (1, 3, 4, 7),
    MouseButton.MIDDLE: (2, 25, 26, 27),
    MouseButton.BACK: (3, 25, 26, 27),
    MouseButton.FORWARD: (4, 25, 26, 27),
}
_FLAGS = {
    "ShiftLeft": 0x2_0000,
    "ShiftRight": 0x2_0000,
    "ControlLeft": 0x4_0000,
    "ControlRight": 0x4_0000,
    "AltLeft": 0x8_0000,
    "AltRight": 0x8_0000,
    "MetaLeft": 0x10_0000,
    "MetaRight": 0x10_0000,
}
_TYPED_AT_ONCE = 20
"""UTF-16 units that one event can carry."""


class _Point(ctypes.Structure):
    _fields_ = (("x", ctypes.c_double), ("y", ctypes.c_double))


class _Rect(ctypes.Structure):
    _fields_ = (("origin", _Point), ("width", ctypes.c_double), ("height", ctypes.c_double))


def _load() -> Any:
    """Return Core Graphics with its functions' types declared.

    Raises:
        InputFailed: this is another system.
    """
    try:
        graphics = ctypes.CDLL(_FRAMEWORK)
    except OSError as error:
        raise InputFailed(ControlHindrance.NOT_LET) from error
    graphics.CGEventCreateMouseEvent.restype = ctypes.c_void_p
    graphics.CGEventCreateMouseEvent.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        _Point,
        ctypes.c_uint32,
    ]
    graphics.CGEventCreateKeyboardEvent.restype = ctypes.c_void_p
    graphics.CGEventCreateKeyboardEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint16, ctypes.c_bool]
    graphics.CGEventCreateScrollWheelEvent.restype = ctypes.c_void_p
    # More arguments follow these; on Apple's processors ctypes must know where they begin.
    graphics.CGEventCreateScrollWheelEvent.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_uint32,
        ctypes.c_int32,
    ]
    graphics.CGEventKeyboardSetUnicodeString.argtypes = [
        ctypes.c_void_p,
        ctypes.c_ulong,
        ctypes.c_void_p,
    ]
    graphics.CGEventSetFlags.argtypes = [ctypes.c_void_p, ctypes.c_uint64]
    graphics.CGEventPost.argtypes = [ctypes.c_uint32, ctypes.c_void_p]
    graphics.CFRelease.argtypes = [ctypes.c_void_p]
    graphics.CGEventCreate.restype = ctypes.c_void_p
    graphics.CGEventCreate.argtypes = [ctypes.c_void_p]
    graphics.CGEventGetLocation.restype = _Point
    graphics.CGEventGetLocation.argtypes = [ctypes.c_void_p]
    graphics.CGDisplayBounds.restype = _Rect
    graphics.CGDisplayBounds.argtypes = [ctypes.c_uint32]
    graphics.AXIsProcessTrusted.restype = ctypes.c_bool
    return graphics


class MacDevice(Device):
    """Injects input with CGEventPost.

    Raises:
        InputFailed: the person has not allowed it yet.
    """

    no_attention = AttentionHindrance.MACOS

    def __init__(self) -> None:
        self._graphics = _load()
        self._lock = threading.Lock()
        self._place = _Point(0, 0)
        self._pressed: list[MouseButton] = []
        self._modifiers: set[str] = set()
        if not self._graphics.AXIsProcessTrusted():
            raise InputFailed(ControlHindrance.NOT_TRUSTED)

    def screens(self) -> list[Screen]:
        """Return the active displays in points, the main one first."""
        numbers = (ctypes.c_uint32 * _SCREENS_MAX)()
        count = ctypes.c_uint32()
        self._graphics.CGGetActiveDisplayList(_SCREENS_MAX, numbers, ctypes.byref(count))
        found = []
        for place in range(count.value):
            area = self._graphics.CGDisplayBounds(numbers[place])
            found.append(
                Screen(
                    name=f"Display {place + 1}",
                    left=int(area.origin.x),
                    top=int(area.origin.y),
                    width=max(int(area.width), 1),
                    height=max(int(area.height), 1),
                )
            )
        return found

    def place(self) -> tuple[int, int]:
        """Return the pointer's position."""
        event = self._graphics.CGEventCreate(None)
        point = self._graphics.CGEventGetLocation(event)
        self._graphics.CFRelease(event)
        return int(point.x), int(point.y)

    def move(self, left: int, top: int) -> None:
        """Move the pointer; while a button is held, that is a drag."""
        with self._lock:
            self._place = _Point(left, top)
            if self._pressed:
                number, _, _, dragged = _BUTTONS[self._pressed[-1]]
                self._mouse(dragged, number)
            else:
                self._mouse(_MOVED, 0)

    def press(self, button: MouseButton, *, down: bool) -> None:
        """Press or release a button."""
        number, pressed, released, _ = _BUTTONS[button]
        with self._lock:
            self._pressed = [each for each in self._pressed if each is not button]
            if down:
                self._pressed.append(button)
            self._mouse(pressed if down else released, number)

    def turn(self, right: int, up: int) -> None:
        """Turn the wheel, one line for each notch; macOS counts left as positive."""
        with self._lock:
            self._post(
                self._graphics.CGEventCreateScrollWheelEvent(
                    None, _LINES, 2, ctypes.c_int32(up), ctypes.c_int32(-right)
                )
            )

    def key(self, code: str, *, down: bool, makes: str = "") -> None:
        """Press or release a key by its virtual key code, which on a Mac stands for its place."""
        place = MACOS.get(code)
        if place is None:
            return
        with self._lock:
            if code in _FLAGS:
                (self._modifiers.add if down else self._modifiers.discard)(code)
            event = self._graphics.CGEventCreateKeyboardEvent(None, place, down)
            flags = 0
            for modifier in self._modifiers:
                flags |= _FLAGS[modifier]
            self._graphics.CGEventSetFlags(event, flags)
            self._post(event)

    def type_text(self, text: str) -> None:
        """Type *text* as the Unicode text of events that stand for no particular key.

        Without flags of their own, events would carry those of a Caps Lock that is on there.
        """
        with self._lock:
            for start in range(0, len(text), _TYPED_AT_ONCE // 2):
                units = text[start : start + _TYPED_AT_ONCE // 2].encode("utf-16-le")
                for down in (True, False):
                    event = self._graphics.CGEventCreateKeyboardEvent(None, 0, down)
                    self._graphics.CGEventKeyboardSetUnicodeString(event, len(units) // 2, units)
                    self._graphics.CGEventSetFlags(event, 0)
                    self._post(event)

    def _mouse(self, kind: int, button: int) -> None:
        self._post(self._graphics.CGEventCreateMouseEvent(None, kind, self._place, button))

    def _post(self, event: int) -> None:
        self._graphics.CGEventPost(_HID, ctypes.c_void_p(event))
        self._graphics.CFRelease(ctypes.c_void_p(event))
