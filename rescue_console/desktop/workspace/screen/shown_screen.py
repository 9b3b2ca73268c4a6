"""Which of the customer's screens a picture shows, judging by its size, and where each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rescue_console.protocol.channel import Screen

_ASPECT_OFF = 0.01
"""How far shapes may differ: browsers may scale the picture down, and then round its sides."""


class Side(Enum):
    """Where a screen is along one direction, from the left or from the top."""

    FIRST = auto()
    MIDDLE = auto()
    LAST = auto()


@dataclass(frozen=True)
class Position:
    """Where a screen is among the others.

    A direction is ``None`` if it does not tell the screens apart.
    """

    across: Side | None = None
    down: Side | None = None


def screens_fitting(screens: Sequence[Screen], width: int, height: int) -> list[int]:
    """Return the numbers of the screens that a picture may show; none if it shows a window.

    The size decides. If no screen has it, because the system or the browser scales the picture,
    the shape decides.
    """
    same = [
        n for n, screen in enumerate(screens) if (screen.width, screen.height) == (width, height)
    ]
    if same:
        return same
    return [number for number, screen in enumerate(screens) if has_shape(screen, width, height)]


def has_shape(screen: Screen, width: int, height: int) -> bool:
    """Return whether a picture of this size, in pixels, may be *screen*, scaled or not."""
    if not (width and height):
        return False
    return abs(screen.width * height / screen.height / width - 1) < _ASPECT_OFF


def positions(screens: Sequence[Screen]) -> list[Position]:
    """Return where each screen is."""
    across = _sides([(screen.left, screen.width) for screen in screens])
    down = _sides([(screen.top, screen.height) for screen in screens])
    return [Position(*sides) for sides in zip(across, down, strict=True)]


def _sides(spans: Sequence[tuple[int, int]]) -> list[Side | None]:
    """Return the side of each (begin, length); ``None`` for all of them if all overlap."""
    last_begin = max((begin for begin, _ in spans), default=0)
    first_end = min((begin + length for begin, length in spans), default=0)
    if last_begin < first_end:
        return [None] * len(spans)
    middles = [2 * begin + length for begin, length in spans]
    sides = {min(middles, default=0): Side.FIRST, max(middles, default=0): Side.LAST}
    return [sides.get(middle, Side.MIDDLE) for middle in middles]
