"""Places on the keyboard: the W3C's names for them, and the three systems' numbers.

Sources: UI Events KeyboardEvent code values (W3C), tables of section 3; linux/input-event-codes.h;
scan code set 1, with 0xE000 added for extended keys (the hardware makers' USB HID to PS/2
translation table); HIToolbox/Events.h.
"""

from typing import NamedTuple


class Key(NamedTuple):
    """One place on the keyboard and its number on each system; -1 where it has no such key."""

    code: str
    linux: int
    windows: int
    macos: int


def _letters() -> list[Key]:
    linux = "1E 30 2E 20 12 21 22 23 17 24 25 26 32 31 18 19 10 13 1F 14 16 2F 11 2D 15 2C"
    macos = "00 0B 08 02 0E 03 05 04 22 26 28 25 2E 2D 1F 23 0C 0F 01 11 20 09 0D 07 10 06"
    # For these keys, the codes on Linux are the same as in scan code set 1.
    return [
        Key(f"Key{chr(65 + place)}", int(set_1, 16), int(set_1, 16), int(vk, 16))
        for place, (set_1, vk) in enumerate(zip(linux.split(), macos.split(), strict=True))
    ]


def _rows() -> list[Key]:
    digits = [0x1D, 0x12, 0x13, 0x14, 0x15, 0x17, 0x16, 0x1A, 0x1C, 0x19]
    keys = []
    for digit, vk in enumerate(digits):
        set_1 = 11 if digit == 0 else digit + 1
        keys.append(Key(f"Digit{digit}", set_1, set_1, vk))
    functions = [0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D]
    for number, vk in enumerate(functions, start=1):
        keys.append(Key(f"F{number}", 58 + number, 58 + number, vk))
    return keys


KEYS: tuple[Key, ...] = (
    *_letters(),
    *_rows(),
    Key("F11", 87, 0x57, 0x67),
    Key("F12", 88, 0x58, 0x6F),
    Key("F13", 183, 0x64, 0x69),
    Key("F14", 184, 0x65, 0x6B),
    Key("F15", 185, 0x66, 0x71),
    Key("F16", 186, 0x67, 0x6A),
    Key("F17", 187, 0x68, 0x40),
    Key("F18", 188, 0x69, 0x4F),
    Key("F19", 189, 0x6A, 0x50),
    Key("F20", 190, 0x6B, 0x5A),
    Key("Escape", 1, 0x01, 0x35),
    Key("Minus", 12, 0x0C, 0x1B),
    Key("Equal", 13, 0x0D, 0x18),
    Key("Backspace", 14, 0x0E, 0x33),
    Key("Tab", 15, 0x0F, 0x30),
    Key("BracketLeft", 26, 0x1A, 0x21),
    Key("BracketRight", 27, 0x1B, 0x1E),
    Key("Enter", 28, 0x1C, 0x24),
    Key("ControlLeft", 29, 0x1D, 0x3B),
    Key("Semicolon", 39, 0x27, 0x29),
    Key("Quote", 40, 0x28, 0x27),
    Key("Backquote", 41, 0x29, 0x32),
    Key("ShiftLeft", 42, 0x2A, 0x38),
    Key("Backslash", 43, 0x2B, 0x2A),
    Key("Comma", 51, 0x33, 0x2B),
    Key("Period", 52, 0x34, 0x2F),
    Key("Slash", 53, 0x35, 0x2C),
    Key("ShiftRight", 54, 0x36, 0x3C),
    Key("AltLeft", 56, 0x38, 0x3A),
    Key("Space", 57, 0x39, 0x31),
    Key("CapsLock", 58, 0x3A, 0x39),
    Key("ScrollLock", 70, 0x46, -1),
    Key("IntlBackslash", 86, 0x56, 0x0A),
    Key("IntlRo", 89, 0x73, 0x5E),
    Key("IntlYen", 124, 0x7D, 0x5D),
    Key("Convert", 92, 0x79, -1),
    Key("NonConvert", 94, 0x7B, -1),
    Key("KanaMode", 93, 0x70, 0x68),
    Key("Lang1", 122, 0x72, 0x68),
    Key("Lang2", 123, 0x71, 0x66),
    Key("NumLock", 69, 0xE045, 0x47),
    Key("NumpadMultiply", 55, 0x37, 0x43),
    Key("Numpad7", 71, 0x47, 0x59),
    Key("Numpad8", 72, 0x48, 0x5B),
    Key("Numpad9", 73, 0x49, 0x5C),
    Key("NumpadSubtract", 74, 0x4A, 0x4E),
    Key("Numpad4", 75, 0x4B, 0x56),
    Key("Numpad5", 76, 0x4C, 0x57),
    Key("Numpad6", 77, 0x4D, 0x58),
    Key("NumpadAdd", 78, 0x4E, 0x45),
    Key("Numpad1", 79, 0x4F, 0x53),
    Key("Numpad2", 80, 0x50, 0x54),
    Key("Numpad3", 81, 0x51, 0x55),
    Key("Numpad0", 82, 0x52, 0x52),
    Key("NumpadDecimal", 83, 0x53, 0x41),
    Key("NumpadEnter", 96, 0xE01C, 0x4C),
    Key("NumpadDivide", 98, 0xE035, 0x4B),
    Key("NumpadEqual", 117, 0x59, 0x51),
    Key("NumpadComma", 121, 0x7E, 0x5F),
    Key("ControlRight", 97, 0xE01D, 0x3E),
    Key("PrintScreen", 99, 0xE037, -1),
    Key("AltRight", 100, 0xE038, 0x3D),
    Key("Home", 102, 0xE047, 0x73),
    Key("ArrowUp", 103, 0xE048, 0x7E),
    Key("PageUp", 104, 0xE049, 0x74),
    Key("ArrowLeft", 105, 0xE04B, 0x7B),
    Key("ArrowRight", 106, 0xE04D, 0x7C),
    Key("End", 107, 0xE04F, 0x77),
    Key("ArrowDown", 108, 0xE050, 0x7D),
    Key("PageDown", 109, 0xE051, 0x79),
    Key("Insert", 110, 0xE052, 0x72),
    Key("Delete", 111, 0xE053, 0x75),
    Key("AudioVolumeMute", 113, 0xE020, 0x4A),
    Key("AudioVolumeDown", 114, 0xE02E, 0x49),
    Key("AudioVolumeUp", 115, 0xE030, 0x48),
    Key("Pause", 119, 0x45, -1),
    Key("MetaLeft", 125, 0xE05B, 0x37),
    Key("MetaRight", 126, 0xE05C, 0x36),
    Key("ContextMenu", 127, 0xE05D, 0x6E),
)

LINUX = {key.code: key.linux for key in KEYS}
WINDOWS = {key.code: key.windows for key in KEYS if key.windows >= 0}
MACOS = {key.code: key.macos for key in KEYS if key.macos >= 0}
