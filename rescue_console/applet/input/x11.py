"""Pointer, keyboard and screens of an X server, through its extensions XTEST and RandR.

Sources: XTEST Extension Protocol 2.2; RandR Extension Protocol 1.5, RRGetMonitors; on Linux, an X
server's key codes are those of evdev plus 8 (xkeyboard-config, keycodes/evdev).
"""

import threading
from collections import Counter, deque

from Xlib import X
from Xlib import error as xlib_error
from Xlib.display import Display
from Xlib.ext import xtest

from rescue_console.applet.input.base import Device, InputFailed, Ready
from rescue_console.applet.input.keys import LINUX
from rescue_console.applet.input.x11_typing import Typing
from rescue_console.protocol.channel import MouseButton, Screen
from rescue_console.protocol.hindrances import ControlHindrance

EVDEV_TO_X = 8
_BUTTONS = {
    MouseButton.LEFT: 1,
    MouseButton.MIDDLE: 2,
    MouseButton.RIGHT: 3,
    MouseButton.BACK: 8,
    MouseButton.FORWARD: 9,
}
_WHEEL_UP, _WHEEL_DOWN, _WHEEL_LEFT, _WHEEL_RIGHT = 4, 5, 6, 7
_REMEMBERED_PLACES = 512
_ATTENTION = ("ControlLeft", "AltLeft", "Delete")


class Injected:
    """A record of injected input, by which the watch tells it from the customer's own.

    The X server reports injected input like any other input. What other programs inject for the
    customer, such as an on-screen keyboard, must count as the customer's. So the watch compares
    every event with this record.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED_PLACES)
        self._changes: Counter[tuple[int, int]] = Counter()
        self._down: set[int] = set()

    def note_place(self, left: int, top: int) -> None:
        """Record that the pointer is being moved to a place."""
        with self._lock:
            self._places.append((left, top))

    def note_change(self, event: int, detail: int) -> None:
        """Record that the key or button *detail* is being pressed or released."""
        with self._lock:
            self._changes[event, detail] += 1
            if event == X.KeyPress:
                self._down.add(detail)
            elif event == X.KeyRelease:
                self._down.discard(detail)

    def has(self, event: int, detail: int, place: tuple[int, int]) -> bool:
        """Tell whether an event was injected; each press or release is matched only once."""
        with self._lock:
            if event == X.MotionNotify:
                return place in self._places
            if self._changes[event, detail]:
                self._changes[event, detail] -= 1
                return True
            # The X server repeats a key that is held down.
            return event == X.KeyPress and detail in self._down


class XDevice(Device):
    """Injects input into the X server that DISPLAY names.

    Raises:
        InputFailed: there is no such server, or it lacks XTEST or the keyboard extension.
    """

    def __init__(self) -> None:
        try:
            self._display = Display()
        except (xlib_error.DisplayError, OSError) as error:
            raise InputFailed(ControlHindrance.NO_SCREEN) from error
        if self._display.query_extension("XTEST") is None:
            self._display.close()
            raise InputFailed(ControlHindrance.NOT_LET)
        self._root = self._display.screen().root
        self._lock = threading.Lock()
        self.injected = Injected()
        self._pressed: dict[str, int] = {}
        """The keys held down, by the codes that they were pressed with."""
        try:
            self._typing = Typing(self._display, self._fake)
        except InputFailed:
            self._display.close()
            raise

    def screens(self) -> list[Screen]:
        """Return RandR's monitors, or one whole screen on a server without RandR 1.5."""
        with self._lock:
            try:
                monitors = self._root.xrandr_get_monitors().monitors
                found = [
                    Screen(
                        name=self._display.get_atom_name(each.name)[:255],
                        left=each.x,
                        top=each.y,
                        width=each.width_in_pixels,
                        height=each.height_in_pixels,
                    )
                    for each in sorted(monitors, key=lambda each: not each.primary)
                ]
            except (xlib_error.XError, AttributeError):
                found = []
            if found:
                return found[:64]
            whole = self._root.get_geometry()
            return [Screen(name="Screen", left=0, top=0, width=whole.width, height=whole.height)]

    def place(self) -> tuple[int, int]:
        """Return the pointer's position."""
        with self._lock:
            pointer = self._root.query_pointer()
            return pointer.root_x, pointer.root_y

    def move(self, left: int, top: int) -> None:
        """Move the pointer."""
        with self._lock:
            self.injected.note_place(left, top)
            xtest.fake_input(self._display, X.MotionNotify, root=self._root, x=left, y=top)
            self._display.flush()

    def press(self, button: MouseButton, *, down: bool) -> None:
        """Press or release a button."""
        with self._lock:
            self._fake(X.ButtonPress if down else X.ButtonRelease, _BUTTONS[button])
            self._display.flush()

    def turn(self, right: int, up: int) -> None:
        """Turn the wheel: each notch is a click of one of the buttons 4 to 7."""
        clicks = [_WHEEL_UP if up > 0 else _WHEEL_DOWN] * abs(up)
        clicks += [_WHEEL_RIGHT if right > 0 else _WHEEL_LEFT] * abs(right)
        with self._lock:
            for button in clicks:
                self._fake(X.ButtonPress, button)
                self._fake(X.ButtonRelease, button)
            self._display.flush()

    def key(self, code: str, *, down: bool, makes: str = "") -> None:
        """Press or release a key; the release is that of the key pressed, whatever it makes now."""
        with self._lock:
            key = self._pressed.get(code) or self._key(code, makes)
            if down and key:
                self._pressed[code] = key
            elif not down:
                self._pressed.pop(code, None)
            if not key:
                return
            self._fake(X.KeyPress if down else X.KeyRelease, key)
            self._display.flush()

    def _key(self, code: str, makes: str) -> int:
        """Return the number of the key that is meant; 0 if there is none."""
        place = LINUX.get(code)
        if makes and (key := self._typing.maker(makes)):
            return key
        if "a" <= makes <= "z":
            # Where no layout has Latin letters, programs look for shortcuts where an American
            # keyboard has them.
            place = LINUX[f"Key{makes.upper()}"]
        return 0 if place is None else place + EVDEV_TO_X

    def ready_text(self, text: str) -> Ready:
        """Borrow keys for the characters that no key makes."""
        with self._lock:
            return self._typing.ready(text)

    def type_text(self, text: str) -> None:
        """Type *text*."""
        with self._lock:
            self._typing.type(text)

    def secure_attention(self) -> None:
        """Press Ctrl-Alt-Del as ordinary keys; the desktop decides what that does."""
        for code in _ATTENTION:
            self.key(code, down=True)
        for code in reversed(_ATTENTION):
            self.key(code, down=False)

    def close(self) -> None:
        """Give borrowed keys back and disconnect from the X server."""
        with self._lock:
            self._typing.give_back()
            self._display.close()

    def _fake(self, event: int, detail: int) -> None:
        self.injected.note_change(event, detail)
        xtest.fake_input(self._display, event, detail)
