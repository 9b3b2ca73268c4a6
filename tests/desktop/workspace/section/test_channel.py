"""The console's end of the channel: what ends it, and what makes it begin again."""

from collections.abc import Iterator

import msgspec
import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.files.pane import FilesPane
from rescue_console.desktop.workspace.section.channel import Channel
from rescue_console.desktop.workspace.section.identity import Identity
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.network.server_address import read_address
from rescue_console.peer.relay import RelayRoute
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 30_000
ENDED = "The job channel to the applet failed"
SESSION = make_session(
    1,
    SessionStatus.ACTIVE,
    technician=ALICE,
    applet=True,
    consents={Power.FILES: Consent.GRANTED},
)


class Route:
    """The route to a relay that does not exist; the first attempt to find it is a fault."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, session_id: str) -> RelayRoute:
        self.asked += 1
        if self.asked == 1:
            raise ZeroDivisionError

        async def introduce() -> dict[str, str]:
            return {}

        server = read_address("http://127.0.0.1:9")
        return RelayRoute(server=server, session_id=session_id, introduce=introduce)


@pytest.fixture
def route() -> Route:
    return Route()


@pytest.fixture
def situation(standing: Standing) -> Situation:
    return Situation(msgspec.structs.replace(SESSION, consents={}), standing)


@pytest.fixture
def channel(
    situation: Situation, route: Route, qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[Channel]:
    channel = Channel(situation, FakeCalls(), Identity(), route)
    yield channel
    closing = qt_loop.create_task(channel.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)


def test_a_channel_ended_by_a_fault_begins_again_at_the_next_change(
    channel: Channel, situation: Situation, route: Route, qtbot: QtBot, expected_errors: list[str]
) -> None:
    expected_errors.append(ENDED)
    with qtbot.waitSignal(channel.failed, timeout=WAIT_MS):
        situation.update(SESSION)
    situation.update(SESSION)
    qtbot.waitUntil(lambda: route.asked == 2, timeout=WAIT_MS)
    situation.update(SESSION)
    assert route.asked == 2


def test_a_fault_of_the_channel_is_reported(
    channel: Channel, situation: Situation, qtbot: QtBot, expected_errors: list[str]
) -> None:
    expected_errors.append(ENDED)
    pane = FilesPane(situation, channel, PageLink(FakeCalls(), Identity()))
    qtbot.addWidget(pane)
    with qtbot.waitSignal(pane.failed, timeout=WAIT_MS):
        situation.update(SESSION)
    pane.close()
