"""Which desktops allow control, and how a request for control is refused on the others."""

import pytest
from Xlib.display import Display

from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.duties.hands import Hands
from rescue_console.applet.input.opening import is_wayland
from rescue_console.protocol.channel import Greeting
from rescue_console.protocol.hindrances import ControlHindrance
from tests.stage.applets.helped import helped
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import until


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, True),
        ({"XDG_SESSION_TYPE": "x11", "DISPLAY": ":0"}, False),
        ({"DISPLAY": ":0"}, False),
    ],
)
def test_wayland_is_recognized_from_the_environment(
    environment: dict[str, str], expected: bool
) -> None:
    assert is_wayland(environment) is expected


async def test_on_wayland_the_applet_says_why_and_refuses_control(
    server: RealServer, screen: dict[str, str]
) -> None:
    wayland = screen | {"XDG_SESSION_TYPE": "wayland"}
    async with helped(server, wayland) as session:
        greeting = await session.console.until(Greeting)
        before = session.person.height_of_applet()
        session.console.ask("control")
        # The applet refuses by itself; nobody has pressed anything.
        await until(lambda: session.console.session()["consents"] == {"control": "denied"})
        await until(lambda: session.person.height_of_applet() > before)
        # The next question is the only one open, so its answer cannot go to another.
        await session.granted("clipboard")

    assert not greeting.can_control
    assert greeting.control_hindrance is ControlHindrance.WAYLAND
    assert session.console.session()["consents"] == {"control": "denied", "clipboard": "granted"}


async def test_a_screen_that_cannot_be_watched_cannot_be_controlled(
    screen: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", screen["DISPLAY"])
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")

    def open_hands() -> tuple[bool, ControlHindrance | None]:
        hands = Hands(Grants(lambda _: None), OwnWindows(), lambda _: None, lambda: None)
        hands.close()
        return hands.control is not None, hands.why_not

    assert open_hands() == (True, None)
    # This X server can omit RECORD only together with XTEST; other servers can omit it alone.
    has = Display.has_extension
    monkeypatch.setattr(Display, "has_extension", lambda d, name: name != "RECORD" and has(d, name))
    assert open_hands() == (False, ControlHindrance.NOT_WATCHED)
