"""The chips of the powers, while the customer's applet is not there."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.consent_bar import ConsentBar
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Me
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.powers import APPLET_POWERS, Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import ALICE, make_session

START = "Ask the customer to start the applet"


@pytest.fixture
def bar(qtbot: QtBot) -> ConsentBar:
    bar = ConsentBar()
    qtbot.addWidget(bar)
    return bar


def show(bar: ConsentBar, me: Me, consent: Consent, platforms: list[DevicePlatform] | None) -> None:
    server = msgspec.structs.replace(me.server, applets=platforms)
    session = msgspec.structs.replace(
        make_session(1, SessionStatus.ACTIVE, technician=ALICE),
        applet=False,
        detected_platform=DevicePlatform.LINUX,
        consents=dict.fromkeys(Power, consent),
    )
    standing = Standing(msgspec.structs.replace(me, server=server), online=True)
    bar.show_consents(Situation(session, standing), {})


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.DENIED])
@pytest.mark.parametrize("power", sorted(APPLET_POWERS))
def test_the_customer_can_be_asked_to_start_the_applet(
    bar: ConsentBar, me: Me, qtbot: QtBot, power: Power, consent: Consent
) -> None:
    show(bar, me, consent, [DevicePlatform.LINUX])
    button = bar.chips[power].ui.askButton
    assert button.text() == START
    assert button.isEnabled()
    with qtbot.waitSignal(bar.asked) as asked:
        button.click()
    assert asked.args == [power]


def test_once_asked_that_can_be_taken_back(bar: ConsentBar, me: Me) -> None:
    show(bar, me, Consent.ASKED, [DevicePlatform.LINUX])
    chip = bar.chips[Power.CONTROL]
    assert chip.ui.stateLabel.text() == "asked to start the applet…"
    assert chip.ui.askButton.text() == "Do not ask any more"


@pytest.mark.parametrize("platforms", [None, [], [DevicePlatform.WINDOWS]])
def test_where_there_is_no_applet_the_button_is_disabled_and_says_why(
    bar: ConsentBar, me: Me, platforms: list[DevicePlatform] | None
) -> None:
    show(bar, me, Consent.NONE, platforms)
    button = bar.chips[Power.CONTROL].ui.askButton
    assert button.text() == "Ask"
    assert not button.isEnabled()
    assert "needs the applet" in button.toolTip()
