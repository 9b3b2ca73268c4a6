"""Names physical keys as browsers do, regardless of what is printed on them.

Source: W3C UI Events KeyboardEvent code values. The numbers are Linux input event codes (what X11
and Wayland report, minus 8), Windows scan codes (set 1, with 0x100 added for extended keys) and
macOS virtual key codes (HIToolbox Events.h).
"""

import sys

_EVDEV_OFFSET = 8
"""X11 numbers keys from 8. Source: X Keyboard Extension, the evdev key codes."""

_KEYS: tuple[tuple[str, int, int, int | None], ...] = (
    # name, Linux, Windows, macOS
    ("KeyQ", 16, 0x10, 12),
    ("KeyW", 17, 0x11, 13),
    ("KeyE", 18, 0x12, 14),
    ("KeyR", 19, 0x13, 15),
    ("KeyT", 20, 0x14, 17),
    ("KeyY", 21, 0x15, 16),
    ("KeyU", 22, 0x16, 32),
    ("KeyI", 23, 0x17, 34),
    ("KeyO", 24, 0x18, 31),
    ("KeyP", 25, 0x19, 35),
    ("KeyA", 30, 0x1E, 0),
    ("KeyS", 31, 0x1F, 1),
    ("KeyD", 32, 0x20, 2),
    ("KeyF", 33, 0x21, 3),
    ("KeyG", 34, 0x22, 5),
    ("KeyH", 35, 0x23, 4),
    ("KeyJ", 36, 0x24, 38),
    ("KeyK", 37, 0x25, 40),
    ("KeyL", 38, 0x26, 37),
    ("KeyZ", 44, 0x2C, 6),
    ("KeyX", 45, 0x2D, 7),
    ("KeyC", 46, 0x2E, 8),
    ("KeyV", 47, 0x2F, 9),
    ("KeyB", 48, 0x30, 11),
    ("KeyN", 49, 0x31, 45),
    ("KeyM", 50, 0x32, 46),
    ("Digit1", 2, 0x2, 18),
    ("Digit2", 3, 0x3, 19),
    ("Digit3", 4, 0x4, 20),
    ("Digit4", 5, 0x5, 21),
    ("Digit5", 6, 0x6, 23),
    ("Digit6", 7, 0x7, 22),
    ("Digit7", 8, 0x8, 26),
    ("Digit8", 9, 0x9, 28),
    ("Digit9", 10, 0xA, 25),
    ("Digit0", 11, 0xB, 29),
    ("F1", 59, 0x3B, 122),
    ("F2", 60, 0x3C, 120),
    ("F3", 61, 0x3D, 99),
    ("F4", 62, 0x3E, 118),
    ("F5", 63, 0x3F, 96),
    ("F6", 64, 0x40, 97),
    ("F7", 65, 0x41, 98),
    ("F8", 66, 0x42, 100),
    ("F9", 67, 0x43, 101),
    ("F10", 68, 0x44, 109),
    ("F11", 87, 0x57, 103),
    ("F12", 88, 0x58, 111),
    ("Escape", 1, 0x1, 53),
    ("Minus", 12, 0xC, 27),
    ("Equal", 13, 0xD, 24),
    ("Backspace", 14, 0xE, 51),
    ("Tab", 15, 0xF, 48),
    ("BracketLeft", 26, 0x1A, 33),
    ("BracketRight", 27, 0x1B, 30),
    ("Enter", 28, 0x1C, 36),
    ("ControlLeft", 29, 0x1D, 59),
    ("Semicolon", 39, 0x27, 41),
    ("Quote", 40, 0x28, 39),
    ("Backquote", 41, 0x29, 50),
    ("ShiftLeft", 42, 0x2A, 56),
    ("Backslash", 43, 0x2B, 42),
    ("Comma", 51, 0x33, 43),
    ("Period", 52, 0x34, 47),
    ("Slash", 53, 0x35, 44),
    ("ShiftRight", 54, 0x36, 60),
    ("NumpadMultiply", 55, 0x37, 67),
    ("AltLeft", 56, 0x38, 58),
    ("Space", 57, 0x39, 49),
    ("CapsLock", 58, 0x3A, 57),
    ("NumLock", 69, 0x145, 71),
    ("ScrollLock", 70, 0x46, None),
    ("Numpad7", 71, 0x47, 89),
    ("Numpad8", 72, 0x48, 91),
    ("Numpad9", 73, 0x49, 92),
    ("NumpadSubtract", 74, 0x4A, 78),
    ("Numpad4", 75, 0x4B, 86),
    ("Numpad5", 76, 0x4C, 87),
    ("Numpad6", 77, 0x4D, 88),
    ("NumpadAdd", 78, 0x4E, 69),
    ("Numpad1", 79, 0x4F, 83),
    ("Numpad2", 80, 0x50, 84),
    ("Numpad3", 81, 0x51, 85),
    ("Numpad0", 82, 0x52, 82),
    ("NumpadDecimal", 83, 0x53, 65),
    ("IntlBackslash", 86, 0x56, 10),
    ("IntlRo", 89, 0x73, 94),
    ("Convert", 92, 0x79, None),
    ("KanaMode", 93, 0x70, 104),
    ("NonConvert", 94, 0x7B, None),
    ("NumpadEnter", 96, 0x11C, 76),
    ("ControlRight", 97, 0x11D, 62),
    ("NumpadDivide", 98, 0x135, 75),
    ("PrintScreen", 99, 0x137, None),
    ("AltRight", 100, 0x138, 61),
    ("Home", 102, 0x147, 115),
    ("ArrowUp", 103, 0x148, 126),
    ("PageUp", 104, 0x149, 116),
    ("ArrowLeft", 105, 0x14B, 123),
    ("ArrowRight", 106, 0x14D, 124),
    ("End", 107, 0x14F, 119),
    ("ArrowDown", 108, 0x150, 125),
    ("PageDown", 109, 0x151, 121),
    ("Insert", 110, 0x152, 114),
    ("Delete", 111, 0x153, 117),
    ("NumpadEqual", 117, 0x59, 81),
    ("Pause", 119, 0x45, None),
    ("NumpadComma", 121, 0x7E, 95),
    ("IntlYen", 124, 0x7D, 93),
    ("MetaLeft", 125, 0x15B, 55),
    ("MetaRight", 126, 0x15C, 54),
    ("ContextMenu", 127, 0x15D, None),
)

_LINUX = {linux + _EVDEV_OFFSET: name for name, linux, _, _ in _KEYS}
_WINDOWS = {windows: name for name, _, windows, _ in _KEYS}
_MACOS = {macos: name for name, _, _, macos in _KEYS if macos is not None}


def key_code(scan_code: int, virtual_key: int, platform: str = sys.platform) -> str | None:
    """Return the name of a key as in ``KeyboardEvent.code``, or ``None`` if it is not listed here.

    Args:
        scan_code: ``QKeyEvent.nativeScanCode``; macOS has none.
        virtual_key: ``QKeyEvent.nativeVirtualKey``; used on macOS only.
        platform: A value of ``sys.platform``.
    """
    if platform == "darwin":
        return _MACOS.get(virtual_key)
    if platform == "win32":
        return _WINDOWS.get(scan_code)
    return _LINUX.get(scan_code)
