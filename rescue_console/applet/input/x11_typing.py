"""Types any text into an X server, which accepts only keys.

For a character that no key makes, an unused key is borrowed.

Source: X Window System Protocol, ChangeKeyboardMapping; the keysym of a Unicode character is its
number plus 0x01000000, in Latin 1 the number itself (appendix A).
"""

from collections import OrderedDict
from collections.abc import Callable

from Xlib import XK, X
from Xlib.display import Display

from rescue_console.applet.input.base import Ready

_UNICODE = 0x0100_0000
_CONTROL: dict[str, int] = {
    "\n": XK.XK_Return,
    "\r": XK.XK_Return,
    "\t": XK.XK_Tab,
    "\b": XK.XK_BackSpace,
}
_GROUP_BITS = 13
"""Where a state mask holds the layout in use. Source: X Keyboard Extension, section 2.2.2."""

_KEPT = 4
"""Keysyms of a borrowed key: with and without Shift, in two layouts."""

_NOTICED_S = 0.05
"""Seconds that programs are given to read a changed mapping.

They fetch it once they hear of the change, and still read a key that comes before by the old one.
"""

_NOTICED_EACH_S = 0.005
"""Additional seconds for each changed key, since the server announces each by itself."""


def keysym_of(character: str) -> int | None:
    """Return a character's keysym; None for a control character that no key makes."""
    number = ord(character)
    if character in _CONTROL:
        return _CONTROL[character]
    if number < 0x20 or 0x7F <= number < 0xA0:
        return None
    return number if number < 0x100 else _UNICODE + number


class Typing:
    """Types on one display; *fake* injects one event. The caller must lock."""

    def __init__(self, display: Display, fake: Callable[[int, int], None]) -> None:
        self._display = display
        self._fake = fake
        self._borrowed: OrderedDict[int, int] = OrderedDict()
        self._spare: list[int] | None = None

    def ready(self, text: str) -> Ready:
        """Borrow keys for as much of *text* as can be typed at once.

        A key that has already typed something is reused as late as possible, and only one at a
        time: a slow program would read its earlier presses by the new mapping.
        """
        self._follow_changes()
        plain = self._plain()
        changed = 0
        for place, character in enumerate(text):
            keysym = keysym_of(character)
            if keysym is None or self._find(keysym, plain=plain)[0]:
                continue
            key = self._unused()
            if not key and place:
                return self._ready(place, changed)
            if not key and self._borrowed:
                _, key = self._borrowed.popitem(last=False)
                self._borrow(key, keysym)
                return self._ready(1, 1)
            if key:
                self._borrow(key, keysym)
                changed += 1
        return self._ready(len(text), changed)

    def type(self, text: str) -> None:
        """Type *text*, which ``ready`` has prepared, character by character."""
        plain = self._plain()
        shift = self._display.keysym_to_keycode(XK.XK_Shift_L)
        for character in text:
            keysym = keysym_of(character)
            if keysym is None:
                continue
            key, shifted = self._find(keysym, plain=plain)
            if not key:
                continue
            if shifted:
                self._fake(X.KeyPress, shift)
            self._fake(X.KeyPress, key)
            self._fake(X.KeyRelease, key)
            if shifted:
                self._fake(X.KeyRelease, shift)
        self._display.sync()

    def maker(self, character: str) -> int:
        """Return the key that makes *character* by itself in the first layout; 0 for none."""
        keysym = keysym_of(character)
        if keysym is None or self._layout():
            return 0
        self._follow_changes()
        found = self._display.keysym_to_keycodes(keysym)
        return next((key for key, level in found if level == 0), 0)

    def _follow_changes(self) -> None:
        """Adopt mappings changed by others, which the server announces to every program."""
        while self._display.pending_events():
            event = self._display.next_event()
            if event.type == X.MappingNotify:
                self._display.refresh_keyboard_mapping(event)

    def _layout(self) -> int:
        mask: int = self._display.screen().root.query_pointer().mask
        return mask >> _GROUP_BITS & 3

    def give_back(self) -> None:
        """Let the borrowed keys mean nothing again."""
        for key in self._borrowed.values():
            self._display.change_keyboard_mapping(key, [(X.NoSymbol,) * _KEPT])
        self._borrowed.clear()
        self._spare = None
        self._display.sync()

    def _plain(self) -> bool:
        """Whether keys make what the mapping says: the first layout is in use, Caps Lock is off."""
        state = self._display.screen().root.query_pointer().mask
        return not state >> _GROUP_BITS & 3 and not state & X.LockMask

    def _find(self, keysym: int, *, plain: bool) -> tuple[int, bool]:
        """Return a key that makes *keysym* now, 0 if none does, and whether it needs Shift."""
        if keysym in self._borrowed:
            self._borrowed.move_to_end(keysym)
            return self._borrowed[keysym], False
        if plain:
            for key, level in self._display.keysym_to_keycodes(keysym):
                if level in (0, 1):
                    return key, level == 1
        return 0, False

    def _unused(self) -> int:
        """Return an unused key that has not been borrowed yet; 0 if there is none."""
        if self._spare is None:
            self._spare = self._meaningless()
        return self._spare.pop() if self._spare else 0

    def _borrow(self, key: int, keysym: int) -> None:
        self._borrowed[keysym] = key
        self._display.change_keyboard_mapping(key, [(keysym,) * _KEPT])

    def _ready(self, characters: int, changed: int) -> Ready:
        self._display.sync()
        return Ready(characters, _NOTICED_S + changed * _NOTICED_EACH_S if changed else 0.0)

    def _meaningless(self) -> list[int]:
        first = self._display.display.info.min_keycode
        last = self._display.display.info.max_keycode
        mapping = self._display.get_keyboard_mapping(first, last - first + 1)
        return [first + place for place, keysyms in enumerate(mapping) if not any(keysyms)]
