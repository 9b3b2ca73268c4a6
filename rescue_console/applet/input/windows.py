"""Pointer, keyboard and screens of Windows.

Sources: learn.microsoft.com, winuser.h: SendInput, INPUT, MOUSEINPUT, KEYBDINPUT,
EnumDisplayMonitors, GetMonitorInfoW, SetProcessDpiAwarenessContext.

Windows ignores Ctrl-Alt-Del from SendInput. SendSAS (sas.h) is no way for the applet either: it
works only for services and for signed programs with uiAccess below Program Files, and only where a
policy allows it.
"""

import ctypes
import sys
import threading
from ctypes import wintypes
from typing import Any

from rescue_console.applet.input.base import Device, InputFailed
from rescue_console.applet.input.keys import WINDOWS
from rescue_console.protocol.channel import MouseButton, Screen
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance

_INPUT_MOUSE, _INPUT_KEYBOARD = 0, 1
_MOVE, _ABSOLUTE, _VIRTUAL_DESK = 0x0001, 0x8000, 0x4000
_WHEEL, _HORIZONTAL_WHEEL, _NOTCH = 0x0800, 0x1000, 120
_EXTENDED, _KEY_UP, _UNICODE, _SCAN_CODE = 0x0001, 0x0002, 0x0004, 0x0008
_BUTTONS = {
    # The flags for pressing and releasing, and the button's data.
    MouseButton.LEFT: (0x0002, 0x0004, 0),
    MouseButton.RIGHT: (0x0008, 0x0010, 0),
    MouseButton.MIDDLE: (0x0020, 0x0040, 0),
    MouseButton.BACK: (0x0080, 0x0100, 1),
    MouseButton.FORWARD: (0x0080, 0x0100, 2),
}
_DESK_LEFT, _DESK_TOP, _DESK_WIDTH, _DESK_HEIGHT = 76, 77, 78, 79
"""SM_XVIRTUALSCREEN and the following system metrics."""

_ABSOLUTE_MAX = 65_535
_PRIMARY = 1
_PER_MONITOR_AWARE = -4


class _MouseInput(ctypes.Structure):
    _fields_ = (
        ("dx", wintypes.LONG),
        ("dy", wintypes.LONG),
        ("mouse_data", wintypes.DWORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_size_t),
    )


class _KeyInput(ctypes.Structure):
    _fields_ = (
        ("virtual_key", wintypes.WORD),
        ("scan_code", wintypes.WORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_size_t),
    )


class _Either(ctypes.Union):
    _fields_ = (("mouse", _MouseInput), ("key", _KeyInput))


class _Input(ctypes.Structure):
    _fields_ = (("type", wintypes.DWORD), ("either", _Either))


class _MonitorInfo(ctypes.Structure):
    _fields_ = (
        ("size", wintypes.DWORD),
        ("monitor", wintypes.RECT),
        ("work", wintypes.RECT),
        ("flags", wintypes.DWORD),
        ("device", wintypes.WCHAR * 32),
    )


def _library(name: str) -> Any:
    """Return one of Windows' libraries.

    Raises:
        InputFailed: this is another system.
    """
    if sys.platform == "win32":
        return ctypes.WinDLL(name, use_last_error=True)
    raise InputFailed(ControlHindrance.NOT_LET)


def be_aware_of_scaling() -> None:
    """Let this process see real pixels on every screen; call it before the first window."""
    _library("user32").SetProcessDpiAwarenessContext(ctypes.c_void_p(_PER_MONITOR_AWARE))


class WindowsDevice(Device):
    """Injects input with SendInput.

    Windows passes none of it to programs with higher rights than the applet's, or to the secure
    desktop.
    """

    no_attention = AttentionHindrance.WINDOWS

    def __init__(self) -> None:
        self._user32 = _library("user32")
        self._lock = threading.Lock()

    def screens(self) -> list[Screen]:
        """Return the monitors, the primary one first."""
        found: list[tuple[bool, Screen]] = []
        kind: Any = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
        visit_type = kind(
            wintypes.BOOL, wintypes.HMONITOR, wintypes.HDC, ctypes.c_void_p, wintypes.LPARAM
        )

        def visit(monitor: int, _context: int, _rectangle: int, _data: int) -> bool:
            info = _MonitorInfo()
            info.size = ctypes.sizeof(info)
            if self._user32.GetMonitorInfoW(monitor, ctypes.byref(info)):
                area = info.monitor
                screen = Screen(
                    name=info.device,
                    left=area.left,
                    top=area.top,
                    width=max(area.right - area.left, 1),
                    height=max(area.bottom - area.top, 1),
                )
                found.append((not info.flags & _PRIMARY, screen))
            return True

        self._user32.EnumDisplayMonitors(None, None, visit_type(visit), 0)
        return [screen for _, screen in sorted(found, key=lambda each: each[0])][:64]

    def place(self) -> tuple[int, int]:
        """Return the pointer's position."""
        point = wintypes.POINT()
        self._user32.GetCursorPos(ctypes.byref(point))
        return point.x, point.y

    def move(self, left: int, top: int) -> None:
        """Move the pointer; for SendInput the whole desktop measures 0 to 65 535 each way."""
        metric = self._user32.GetSystemMetrics
        across = _absolute(left - metric(_DESK_LEFT), metric(_DESK_WIDTH))
        down = _absolute(top - metric(_DESK_TOP), metric(_DESK_HEIGHT))
        self._send(_mouse(_MOVE | _ABSOLUTE | _VIRTUAL_DESK, dx=across, dy=down))

    def press(self, button: MouseButton, *, down: bool) -> None:
        """Press or release a button."""
        press, release, data = _BUTTONS[button]
        self._send(_mouse(press if down else release, data=data))

    def turn(self, right: int, up: int) -> None:
        """Turn the wheel, 120 of SendInput's units for each notch."""
        if up:
            self._send(_mouse(_WHEEL, data=up * _NOTCH))
        if right:
            self._send(_mouse(_HORIZONTAL_WHEEL, data=right * _NOTCH))

    def key(self, code: str, *, down: bool, makes: str = "") -> None:
        """Press or release a key by its scan code."""
        scan_code = self._maker(makes) or WINDOWS.get(code)
        if scan_code is None:
            return
        flags = _SCAN_CODE | (0 if down else _KEY_UP)
        if scan_code & 0xFF00 == 0xE000:
            flags |= _EXTENDED
        self._send(_key(scan_code & 0xFF, flags))

    def _maker(self, character: str) -> int:
        """Return the scan code of the key that makes *character* by itself; 0 for none.

        Source: VkKeyScanW (key in the low byte, modifiers in the high byte), MapVirtualKeyW.
        """
        # VkKeyScanW takes a single UTF-16 unit.
        if not character or ord(character) > 0xFFFF:
            return 0
        found = self._user32.VkKeyScanW(ctypes.c_wchar(character)) & 0xFFFF
        return 0 if found > 0xFF else int(self._user32.MapVirtualKeyW(found, 0))

    def type_text(self, text: str) -> None:
        """Type *text* as UTF-16 units, which SendInput accepts with any layout and lock.

        Source: KEYEVENTF_UNICODE of KEYBDINPUT: the unit arrives in WM_CHAR as it is.
        """
        units = text.replace("\r\n", "\r").replace("\n", "\r").encode("utf-16-le")
        for place in range(0, len(units), 2):
            unit = int.from_bytes(units[place : place + 2], "little")
            self._send(_key(unit, _UNICODE), _key(unit, _UNICODE | _KEY_UP))

    def _send(self, *inputs: _Input) -> None:
        array = (_Input * len(inputs))(*inputs)
        with self._lock:
            self._user32.SendInput(len(inputs), array, ctypes.sizeof(_Input))


def _absolute(pixels: int, size: int) -> int:
    """Return where the middle of pixel *pixels* of *size* lies on SendInput's scale."""
    return int((pixels + 0.5) * (_ABSOLUTE_MAX + 1) / max(size, 1))


def _mouse(flags: int, *, dx: int = 0, dy: int = 0, data: int = 0) -> _Input:
    mouse = _MouseInput(dx=dx, dy=dy, mouse_data=data & 0xFFFF_FFFF, flags=flags)
    return _Input(type=_INPUT_MOUSE, either=_Either(mouse=mouse))


def _key(scan_code: int, flags: int) -> _Input:
    return _Input(
        type=_INPUT_KEYBOARD, either=_Either(key=_KeyInput(scan_code=scan_code, flags=flags))
    )
