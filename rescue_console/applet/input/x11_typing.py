"""Types any text into an X server, which accepts only keys.

Each character is typed with a key that makes it now: in the layout in use, and with whatever lock
is on there. Nobody's lock is touched. For a character that no key makes, an unused key is borrowed.

Source: X Window System Protocol, appendix A: the keysym of a Unicode character is its number plus
0x01000000, in Latin 1 the number itself.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from Xlib import XK, X
from Xlib.display import Display

from rescue_console.applet.input.base import Ready
from rescue_console.applet.input.x11_keyboard import Finder, Keyboard

_UNICODE = 0x0100_0000
_CONTROL: dict[str, int] = {
    "\n": XK.XK_Return,
    "\r": XK.XK_Return,
    "\t": XK.XK_Tab,
    "\b": XK.XK_BackSpace,
}
_NOTICED_S = 0.05
"""Seconds that programs are given to read a changed mapping.

They fetch it once they hear of the change, and still read a key that comes before by the old one.
"""

_NOTICED_EACH_S = 0.005
"""Additional seconds for each changed key, for programs that read them one by one."""


_REUSED_AFTER_S = 0.5
"""Seconds after which a borrowed key may mean something else.

A busy program reads the mapping late: should it read one of after its key's press, it would take
that press for the new character.
"""


def keysym_of(character: str) -> int | None:
    """Return a character's keysym; None for a control character that no key makes."""
    number = ord(character)
    if character in _CONTROL:
        return _CONTROL[character]
    if number < 0x20 or 0x7F <= number < 0xA0:
        return None
    return number if number < 0x100 else _UNICODE + number


class Typing:
    """Types on one display; *fake* injects one event. The caller must lock.

    Raises:
        InputFailed: see ``Keyboard``.
    """

    def __init__(self, display: Display, fake: Callable[[int, int], None]) -> None:
        self._display = display
        self._fake = fake
        self._keyboard = Keyboard(display)
        self._borrowed: OrderedDict[int, int] = OrderedDict()
        self._typed_at_s: dict[int, float] = {}
        self._spare: list[int] | None = None
        self._finder: Finder | None = None

    def ready(self, text: str) -> Ready:
        """Borrow keys for as much of *text* as can be typed at once.

        A key that has already typed something is reused as late as possible, only one at a time,
        and not soon: a slow program would read its earlier presses by the new mapping.
        """
        self._finder = None
        wanted: dict[int, int] = {}
        for place, character in enumerate(text):
            keysym = keysym_of(character)
            if keysym is None or keysym in wanted or self._find(character)[0]:
                continue
            key = self._unused()
            if not key and place:
                return self._borrow(wanted, place)
            if not key and self._borrowed:
                return self._borrow_again(keysym)
            if key:
                wanted[keysym] = key
        return self._borrow(wanted, len(text))

    def type(self, text: str) -> None:
        """Type *text*, which ``ready`` has prepared, character by character."""
        shift = self._display.keysym_to_keycode(XK.XK_Shift_L)
        for character in text:
            key, shifted = self._find(character)
            if not key:
                continue
            if shifted:
                self._fake(X.KeyPress, shift)
            self._fake(X.KeyPress, key)
            self._fake(X.KeyRelease, key)
            self._typed_at_s[key] = time.monotonic()
            if shifted:
                self._fake(X.KeyRelease, shift)
        self._display.sync()

    def maker(self, character: str) -> int:
        """Return the key that makes *character* by itself; 0 for none."""
        keysym = keysym_of(character)
        if keysym is None:
            return 0
        return self._keyboard.finder(self._borrowed.values()).alone(keysym)

    def give_back(self) -> None:
        """Let the borrowed keys mean nothing again."""
        if self._borrowed:
            self._keyboard.give(dict.fromkeys(self._borrowed.values(), 0))
        self._borrowed.clear()
        self._typed_at_s.clear()
        self._spare = None
        self._display.sync()

    def _find(self, character: str) -> tuple[int, bool]:
        """Return a key that makes *character* now, 0 if none does, and whether it needs Shift."""
        keysym = keysym_of(character)
        if keysym is None:
            return 0, False
        if keysym in self._borrowed:
            self._borrowed.move_to_end(keysym)
            return self._borrowed[keysym], False
        if self._finder is None or self._finder.state != self._keyboard.state():
            self._finder = self._keyboard.finder(self._borrowed.values())
        return self._finder.typing(keysym, has_capital=character.upper() != character)

    def _unused(self) -> int:
        """Return an unused key that has not been borrowed yet; 0 if there is none."""
        if self._spare is None:
            self._spare = self._keyboard.meaningless()
        return self._spare.pop() if self._spare else 0

    def _borrow_again(self, keysym: int) -> Ready:
        """Let the key that has not typed for longest make *keysym*, or wait until it may."""
        key = next(iter(self._borrowed.values()))
        unused_s = time.monotonic() - self._typed_at_s.get(key, 0.0)
        if unused_s < _REUSED_AFTER_S:
            return Ready(0, _REUSED_AFTER_S - unused_s)
        self._borrowed.popitem(last=False)
        return self._borrow({keysym: key}, 1)

    def _borrow(self, keys: dict[int, int], characters: int) -> Ready:
        """Let *keys* make the keysyms that they are for; return when *characters* can be typed."""
        if keys:
            self._borrowed |= keys
            self._keyboard.give({key: keysym for keysym, key in keys.items()})
            self._finder = None
        self._display.sync()
        return Ready(characters, _NOTICED_S + len(keys) * _NOTICED_EACH_S if keys else 0.0)
