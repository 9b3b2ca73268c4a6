"""On Windows and macOS text is injected as text: no layout and no lock has a part in it.

The systems' libraries are played, so this shows only what is asked of them.
"""

from typing import Any

import pytest

from rescue_console.applet.input import macos, windows
from rescue_console.applet.input.macos import MacDevice
from rescue_console.applet.input.windows import WindowsDevice

TEXT = "Passw0rd: aÉß Ж 😀"
UNITS = [
    int.from_bytes(TEXT.encode("utf-16-le")[place : place + 2], "little")
    for place in range(0, len(TEXT.encode("utf-16-le")), 2)
]
UNICODE, KEY_UP = 0x0004, 0x0002
"""KEYEVENTF_UNICODE and KEYEVENTF_KEYUP, winuser.h."""


class User32:
    """Records what SendInput is given; has nothing else to ask, such as the state of a lock."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, int, int]] = []

    def SendInput(self, count: int, inputs: Any, size: int) -> int:  # noqa: N802 (Windows' name)
        keys = [inputs[place].either.key for place in range(count)]
        self.sent += [(key.virtual_key, key.scan_code, key.flags) for key in keys]
        return count


def test_windows_is_given_each_unit_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    user32 = User32()
    monkeypatch.setattr(windows, "_library", lambda _: user32)
    WindowsDevice().type_text(TEXT)
    pressed, released = user32.sent[::2], user32.sent[1::2]
    assert pressed == [(0, unit, UNICODE) for unit in UNITS]
    assert released == [(0, unit, UNICODE | KEY_UP) for unit in UNITS]


class Graphics:
    """Records the text and flags of the events that are posted."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.posted: list[dict[str, Any]] = []

    def AXIsProcessTrusted(self) -> bool:  # noqa: N802 (Apple's name)
        return True

    def CGEventCreateKeyboardEvent(self, _source: None, key: int, down: bool) -> int:  # noqa: N802
        self.events.append({"key": key, "down": down})
        return len(self.events)

    def CGEventKeyboardSetUnicodeString(self, event: int, length: int, units: bytes) -> None:  # noqa: N802
        self.events[event - 1]["text"] = units[: 2 * length].decode("utf-16-le")

    def CGEventSetFlags(self, event: int, flags: int) -> None:  # noqa: N802
        self.events[event - 1]["flags"] = flags

    def CGEventPost(self, _tap: int, event: Any) -> None:  # noqa: N802
        self.posted.append(self.events[event.value - 1])

    def CFRelease(self, event: Any) -> None:  # noqa: N802
        pass


def test_macos_is_given_the_text_without_the_flags_of_a_lock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graphics = Graphics()
    monkeypatch.setattr(macos, "_load", lambda: graphics)
    MacDevice().type_text(TEXT)
    pressed = [event for event in graphics.posted if event["down"]]
    assert "".join(event["text"] for event in pressed) == TEXT
    assert [event["flags"] for event in graphics.posted] == [0] * len(graphics.posted)
