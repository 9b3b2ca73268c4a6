"""Guesses the customer's browser and operating system from their request.

The guess only chooses words, labels and which applet to offer; no permission depends on it.
"""

from typing import TypeVar

from msgspec import Struct

from rescue_console.protocol.choices import DevicePlatform

_P = DevicePlatform
_T = TypeVar("_T")

_HINTS = {
    "windows": _P.WINDOWS,
    "macos": _P.MACOS,
    "linux": _P.LINUX,
    "chrome os": _P.CHROMEOS,
    "chromium os": _P.CHROMEOS,
    "android": _P.ANDROID,
    "ios": _P.IOS,
}
"""Values of ``Sec-CH-UA-Platform``. Source: the User-Agent Client Hints draft of the WICG."""

_PLATFORM_MARKS = (
    ("iPhone", _P.IOS),
    ("iPad", _P.IOS),
    ("iPod", _P.IOS),
    ("Android", _P.ANDROID),
    ("CrOS", _P.CHROMEOS),
    ("Windows", _P.WINDOWS),
    ("Macintosh", _P.MACOS),
    ("Linux", _P.LINUX),
    ("X11", _P.LINUX),
)
"""Parts of ``User-Agent``, the most specific first: Android's also says Linux."""

_BROWSER_MARKS = (
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""Parts of ``User-Agent``, the most specific first: Edge's also says Chrome and Safari."""

_HEADER_MAX = 1_000


class Device(Struct, frozen=True):
    """A platform, ``auto`` when unknown, and a browser's name, empty when unknown."""

    platform: DevicePlatform
    browser: str


def detect(user_agent: str | None, platform_hint: str | None = None) -> Device:
    """Return the device that sent a request.

    Args:
        user_agent: The ``User-Agent`` header.
        platform_hint: The ``Sec-CH-UA-Platform`` header, which takes precedence.
    """
    agent = (user_agent or "")[:_HEADER_MAX]
    hinted = _HINTS.get((platform_hint or "").strip().strip('"').lower())
    platform = hinted or _first(agent, _PLATFORM_MARKS, _P.AUTO)
    return Device(platform, _first(agent, _BROWSER_MARKS, ""))


def _first(agent: str, marks: tuple[tuple[str, _T], ...], default: _T) -> _T:
    return next((found for mark, found in marks if mark in agent), default)
