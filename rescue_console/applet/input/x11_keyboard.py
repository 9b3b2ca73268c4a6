"""What the keys of an X server make, in each of its layouts, through its keyboard extension.

The core protocol knows two layouts, and does not tell what Shift or a lock does to a key.

Sources: The X Keyboard Extension: Protocol Specification 1.0, sections 7 (key types, layouts of a
key, how a symbol is found) and 16 (XkbUseExtension, XkbGetMap, XkbSetMap). Xlib has no part for it.
"""

import struct
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from Xlib import X
from Xlib.display import Display
from Xlib.protocol import rq

from rescue_console.applet.input.base import InputFailed
from rescue_console.protocol.hindrances import ControlHindrance

_NAME = "XKEYBOARD"
_USE, _GET_MAP, _SET_MAP = 0, 8, 9
_CORE_KEYBOARD = 0x100
_TYPES, _SYMBOLS = 1, 2
_ALPHABETIC = 2
"""The third of the four key types that every keyboard has: Shift and Caps Lock choose its second
symbol, and have no other effect on it."""

_LAYOUTS = 4
_CLAMP, _REDIRECT = 0x40, 0x80
_LAYOUT_BITS = 13
"""Where a state mask holds the layout in use."""

_REQUEST = rq.Struct(rq.Card8("opcode"), rq.Card8("minor"), rq.RequestLength(), rq.Binary("body"))


class _Order(rq.Request):  # type: ignore[misc]
    _request = _REQUEST


class _Question(rq.ReplyRequest):  # type: ignore[misc]
    _request = _REQUEST
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("device"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Binary("body"),
    )


class _KeyType(NamedTuple):
    """Which modifiers choose which of a key's symbols.

    Attributes:
        modifiers: Those that choose.
        levels: The symbol's place by the modifiers that are on, and which of them still have their
            usual effect on it.
    """

    modifiers: int
    levels: Mapping[int, tuple[int, int]]


class _KeySymbols(NamedTuple):
    """What one key makes: the symbols of each layout, ``width`` of them, one after the other."""

    types: tuple[int, ...]
    info: int
    width: int
    symbols: tuple[int, ...]

    def place(self, layout: int) -> int | None:
        """Return which of the key's layouts counts while *layout* is in use; None if it has none.

        Source: section 7.2.2.1, Determining the Key Group.
        """
        own = self.info & 0x0F
        if not own or not self.width:
            return None
        if layout < own:
            return layout
        if self.info & _REDIRECT:
            wanted = self.info >> 4 & 3
            return wanted if wanted < own else 0
        return own - 1 if self.info & _CLAMP else layout % own

    def wire(self) -> bytes:
        """Return it as the protocol writes it."""
        head = struct.pack("=4BBBH", *self.types, self.info, self.width, len(self.symbols))
        return head + struct.pack(f"={len(self.symbols)}I", *self.symbols)


class _Map(NamedTuple):
    types: list[_KeyType]
    keys: dict[int, _KeySymbols]

    def symbol(self, key: int, layout: int, modifiers: int) -> tuple[int, bool]:
        """Return what a key makes, 0 for nothing, and whether Caps Lock makes a capital of that."""
        symbols = self.keys[key]
        place = symbols.place(layout)
        if place is None:
            return 0, False
        kind = self.types[symbols.types[place]]
        level, kept = kind.levels.get(modifiers & kind.modifiers, (0, 0))
        capital = bool(modifiers & X.LockMask & (~kind.modifiers | kept))
        return symbols.symbols[place * symbols.width + level], capital


class Keyboard:
    """The keyboard of one display. The caller must lock.

    Raises:
        InputFailed: the server lacks the extension.
    """

    def __init__(self, display: Display) -> None:
        self._display = display
        found = display.query_extension(_NAME)
        if found is None:
            raise InputFailed(ControlHindrance.NOT_LET)
        self._opcode: int = found.major_opcode
        if not self._ask(_USE, struct.pack("=HH", 1, 0)).device:
            raise InputFailed(ControlHindrance.NOT_LET)

    def state(self) -> tuple[int, int]:
        """Return the layout in use, from 0, and the modifiers that are on."""
        mask: int = self._display.screen().root.query_pointer().mask
        return mask >> _LAYOUT_BITS & 3, mask & 0xFF

    def finder(self, but: Collection[int]) -> "Finder":
        """Return what finds keys by the present map and state, all except *but*."""
        return Finder(self._read(), *self.state(), but)

    def meaningless(self) -> list[int]:
        """Return the keys that make nothing in any layout."""
        return [key for key, made in self._read().keys.items() if not any(made.symbols)]

    def give(self, keysyms: Mapping[int, int]) -> None:
        """Let keys make symbols in every layout, whatever lock is on; 0 for nothing.

        All are changed at once, since programs read the whole map again for each change.
        """
        keys = self._read().keys
        for key, keysym in keysyms.items():
            keys[key] = (
                _KeySymbols((_ALPHABETIC, 0, 0, 0), 1, 2, (keysym, keysym))
                if keysym
                else _KeySymbols((0, 0, 0, 0), 0, 0, ())
            )
        self._write({key: keys[key] for key in range(min(keysyms), max(keysyms) + 1)})

    def _write(self, keys: Mapping[int, _KeySymbols]) -> None:
        info = self._display.display.info
        head = struct.pack(
            "=HHHBBBBBBH18x",
            _CORE_KEYBOARD,
            _SYMBOLS,
            0,
            info.min_keycode,
            info.max_keycode,
            0,
            0,
            min(keys),
            len(keys),
            sum(len(symbols.symbols) for symbols in keys.values()),
        )
        body = head + b"".join(symbols.wire() for symbols in keys.values())
        _Order(display=self._display.display, opcode=self._opcode, minor=_SET_MAP, body=body)

    def _read(self) -> _Map:
        body = struct.pack("=HHH18x", _CORE_KEYBOARD, _TYPES | _SYMBOLS, 0)
        return _read_map(bytes(self._ask(_GET_MAP, body).body))

    def _ask(self, minor: int, body: bytes) -> Any:
        return _Question(display=self._display.display, opcode=self._opcode, minor=minor, body=body)


class Finder:
    """Finds keys by what they make, as long as neither map nor state changes.

    Attributes:
        state: The layout in use and the modifiers that are on.
    """

    def __init__(
        self, keyboard_map: _Map, layout: int, modifiers: int, but: Collection[int]
    ) -> None:
        self._map = keyboard_map
        self.state = layout, modifiers
        self._layout = layout
        self._modifiers = modifiers
        self._keys = [key for key in keyboard_map.keys if key not in but]

    def typing(self, keysym: int, *, has_capital: bool) -> tuple[int, bool]:
        """Return a key that makes *keysym* now, 0 for none, and whether Shift must be held.

        Args:
            keysym: What is to be made.
            has_capital: Whether a lock for capitals may make something else of it.
        """
        for shifted in (False, True):
            modifiers = self._modifiers | (X.ShiftMask if shifted else 0)
            for key in self._keys:
                made, capital = self._map.symbol(key, self._layout, modifiers)
                if made == keysym and not (capital and has_capital):
                    return key, shifted
        return 0, False

    def alone(self, keysym: int) -> int:
        """Return the key that makes *keysym* by itself; 0 for none.

        The layout in use counts first. Programs look for shortcuts in the others, too.
        """
        for layout in sorted(range(_LAYOUTS), key=lambda each: each != self._layout):
            for key in self._keys:
                if self._map.symbol(key, layout, 0)[0] == keysym:
                    return key
        return 0


def _read_map(body: bytes) -> _Map:
    """Return what the answer of XkbGetMap says, from its ninth byte on."""
    types_count, first, count = body[7], body[9], body[12]
    parts = _Parts(body, 32)
    types = [_read_type(parts) for _ in range(types_count)]
    keys = {first + place: _read_symbols(parts) for place in range(count)}
    return _Map(types, keys)


class _Parts:
    """Reads one part after the other."""

    def __init__(self, body: bytes, place: int) -> None:
        self._body = body
        self._place = place

    def next(self, form: str) -> tuple[int, ...]:
        read = struct.unpack_from(f"={form}", self._body, self._place)
        self._place += struct.calcsize(f"={form}")
        return read


def _read_type(parts: _Parts) -> _KeyType:
    modifiers, entries, has_kept = parts.next("B4xBBx")
    chosen = [parts.next("BBB5x") for _ in range(entries)]
    kept = [parts.next("B3x")[0] if has_kept else 0 for _ in range(entries)]
    levels: Iterator[tuple[int, tuple[int, int]]] = (
        (mask, (level, keeps))
        for (active, mask, level), keeps in zip(chosen, kept, strict=True)
        if active
    )
    return _KeyType(modifiers, dict(levels))


def _read_symbols(parts: _Parts) -> _KeySymbols:
    *types, info, width, count = parts.next("4BBBH")
    return _KeySymbols(tuple(types), info, width, parts.next(f"{count}I"))
