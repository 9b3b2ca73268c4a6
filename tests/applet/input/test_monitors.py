"""Several monitors: each is a separate screen, wherever it is placed."""

from functools import partial

from rescue_console.protocol.channel import PointerMoved, ScreensChanged
from tests.stage.applets.helped import Helped
from tests.stage.displays.monitors import put_monitor
from tests.stage.until import until

WIDE = (0, 200, 800, 600)
TALL = (800, 0, 480, 800)
WHOLE = (0, 0, 1280, 800)
"""The virtual screen's own monitor."""


async def test_the_pointer_goes_to_the_right_screen(help_: Helped, screen: dict[str, str]) -> None:
    put_monitor(screen["DISPLAY"], "wide", *WIDE)
    put_monitor(screen["DISPLAY"], "tall", *TALL, primary=True)

    changed = await help_.console.until(ScreensChanged, lambda each: len(each.screens) == 3)
    places = [(each.left, each.top, each.width, each.height) for each in changed.screens]
    # The main screen comes first.
    assert places == [TALL, WIDE, WHOLE]

    await help_.granted("control")
    for number, screen_place in enumerate(places):
        for x, y in ((0.0, 0.0), (1.0, 1.0), (0.5, 0.25)):
            moved = PointerMoved(screen=number, x=x, y=y)
            await until(partial(_arrived, help_, moved, _goal(screen_place, x, y)))


def _goal(place: tuple[int, int, int, int], x: float, y: float) -> tuple[int, int]:
    left, top, width, height = place
    return left + round(x * (width - 1)), top + round(y * (height - 1))


def _arrived(help_: Helped, moved: PointerMoved, goal: tuple[int, int]) -> bool:
    help_.console.relay.post(moved)
    return help_.person.place() == goal


async def test_pointing_at_a_missing_screen_moves_nothing(
    help_: Helped, screen: dict[str, str]
) -> None:
    await help_.in_control()
    before = help_.person.place()
    help_.console.post_all(PointerMoved(screen=7, x=0.9, y=0.9))
    help_.console.post_all(PointerMoved(screen=0, x=0.25, y=0.5))
    await until(lambda: help_.person.place() != before)
    assert help_.person.place() == (320, 400)
