"""Which of the customer's screens a picture shows, as far as its size tells."""

from collections.abc import Sequence

from rescue_console.protocol.channel import Screen

_ASPECT_OFF = 0.01
"""Browsers may make the picture smaller, and round its sides then."""


def screen_shown(screens: Sequence[Screen], width: int, height: int) -> int | None:
    """Return the number of the only screen that fits a picture of that many pixels.

    The size decides; where no screen has it (scaling by the system or the browser), the shape does.
    """
    fitting = screens_fitting(screens, width, height)
    return fitting[0] if len(fitting) == 1 else None


def screens_fitting(screens: Sequence[Screen], width: int, height: int) -> list[int]:
    """Return the numbers of the screens that a picture may show; none for a window of its own."""
    same = [
        n for n, screen in enumerate(screens) if (screen.width, screen.height) == (width, height)
    ]
    if same or not height:
        return same
    shape = width / height
    return [
        number
        for number, screen in enumerate(screens)
        if abs(screen.width / screen.height / shape - 1) < _ASPECT_OFF
    ]
