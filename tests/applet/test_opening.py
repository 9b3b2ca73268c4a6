"""Which input there is on which desktop."""

from pathlib import Path

import pytest

from rescue_console.applet.input.opening import is_wayland
from rescue_console.protocol.channel import Greeting
from rescue_console.protocol.hindrances import ControlHindrance
from tests.applet.conftest import helped
from tests.real_server import RealServer


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, True),
        ({"XDG_SESSION_TYPE": "x11", "DISPLAY": ":0"}, False),
        ({"DISPLAY": ":0"}, False),
    ],
)
def test_wayland_is_known_by_its_session(environment: dict[str, str], expected: bool) -> None:
    assert is_wayland(environment) is expected


async def test_on_wayland_the_console_is_told_why_there_is_no_control(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> None:
    wayland = screen | {"XDG_SESSION_TYPE": "wayland"}
    async with helped(server, wayland, tmp_path) as session:
        greeting = await session.console.until(Greeting)

    assert not greeting.can_control
    assert greeting.why_not == ControlHindrance.WAYLAND
