import msgspec
import pytest

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.section.asking import ask_text, state_text, why_not_ask
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import APPLET_POWERS, POWER_PERMISSIONS, Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import ALICE, make_session

ACTIVE = make_session(1, SessionStatus.ACTIVE, technician=ALICE, applet=True)


def situation(me: Me, session: Session = ACTIVE, *, online: bool = True) -> Situation:
    return Situation(session, Standing(me, online=online))


@pytest.mark.parametrize("power", list(Power))
def test_an_active_session_with_the_applet_can_be_asked_for_everything(
    power: Power, me: Me
) -> None:
    assert why_not_ask(power, situation(me)) == ""


@pytest.mark.parametrize("power", list(Power))
def test_without_the_applet_only_the_pages_powers_can_be_asked_for(power: Power, me: Me) -> None:
    session = msgspec.structs.replace(ACTIVE, applet=False)
    reason = why_not_ask(power, situation(me, session))
    assert ("applet" in reason) == power.needs_applet


@pytest.mark.parametrize("power", list(Power))
def test_a_missing_permission_is_named(power: Power, me: Me) -> None:
    kept = [permission for permission in Permission if permission not in POWER_PERMISSIONS[power]]
    without = msgspec.structs.replace(me, permissions=kept)
    assert "lacks the permission" in why_not_ask(power, situation(without))


def test_one_of_two_permissions_is_enough_for_files(me: Me) -> None:
    receiver = msgspec.structs.replace(me, permissions=[Permission.RECEIVE_FILES])
    assert why_not_ask(Power.FILES, situation(receiver)) == ""


def test_nothing_can_be_asked_for_offline_or_outside_an_active_session(me: Me) -> None:
    assert "no connection" in why_not_ask(Power.VIEW, situation(me, online=False))
    held = msgspec.structs.replace(ACTIVE, status=SessionStatus.ON_HOLD)
    assert "only while the session is active" in why_not_ask(Power.VIEW, situation(me, held))


@pytest.mark.parametrize("applet", [True, False])
@pytest.mark.parametrize("power", list(Power))
def test_what_needs_the_applet_says_when_no_websocket_gets_through(
    power: Power, applet: bool, me: Me
) -> None:
    standing = Standing(offering(me, DevicePlatform.LINUX), online=True)
    standing.plain = True
    session = msgspec.structs.replace(ACTIVE, applet=applet)
    reason = why_not_ask(power, Situation(session, standing))
    assert ("WebSocket" in reason) == power.needs_applet


def test_what_the_device_cannot_do_cannot_be_asked_for(me: Me) -> None:
    assert why_not_ask(Power.CONTROL, situation(me), "Wayland") == "Wayland"


def offering(me: Me, *platforms: DevicePlatform) -> Me:
    """Return *me* on a server that has applets for *platforms*."""
    server = msgspec.structs.replace(me.server, applets=list(platforms))
    return msgspec.structs.replace(me, server=server)


def without_applet(platform: DevicePlatform | None) -> Session:
    return msgspec.structs.replace(ACTIVE, applet=False, detected_platform=platform)


@pytest.mark.parametrize("power", list(Power))
@pytest.mark.parametrize("platform", [None, DevicePlatform.AUTO, DevicePlatform.LINUX])
def test_where_the_server_has_an_applet_everything_can_be_asked_for(
    power: Power, platform: DevicePlatform | None, me: Me
) -> None:
    there = situation(offering(me, DevicePlatform.LINUX), without_applet(platform))
    assert why_not_ask(power, there) == ""


@pytest.mark.parametrize("power", sorted(APPLET_POWERS))
def test_where_the_server_has_no_applet_for_the_device_that_is_said(power: Power, me: Me) -> None:
    session = without_applet(DevicePlatform.WINDOWS)
    here = situation(offering(me, DevicePlatform.LINUX), session)
    assert "no applet for Windows" in why_not_ask(power, here)
    assert "no applet to offer" in why_not_ask(power, situation(offering(me), session))


@pytest.mark.parametrize("power", list(Power))
def test_the_button_says_what_is_asked_for_first(power: Power) -> None:
    session = without_applet(DevicePlatform.LINUX)
    words = "Ask the customer to start the applet" if power.needs_applet else "Ask"
    assert ask_text(power, session, "Ask") == words
    assert ask_text(power, ACTIVE, "Ask") == "Ask"


def test_the_state_says_what_was_asked_for_first() -> None:
    asked = dict.fromkeys(Power, Consent.ASKED)
    session = msgspec.structs.replace(without_applet(None), consents=asked)
    assert state_text(Power.CONTROL, session) == "asked to start the applet…"
    assert state_text(Power.VIEW, session) == "asked…"
    there = msgspec.structs.replace(session, applet=True)
    assert state_text(Power.CONTROL, there) == "asked…"
