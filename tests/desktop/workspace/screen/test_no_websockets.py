"""The picture comes where neither side's network lets a WebSocket through."""

from collections.abc import Iterator

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.stage.customers.screen_customer import Customer
from tests.stage.networks.plain_proxy import Habit, PlainProxy
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.screen_story import Story, open_story


@pytest.fixture
def proxy(server: RealServer) -> Iterator[PlainProxy]:
    with PlainProxy(int(server.url.rpartition(":")[2])) as between:
        yield between


@pytest.fixture
def plain_story(
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    server: RealServer,
    browser: Customer,
    proxy: PlainProxy,
) -> Iterator[Story]:
    with open_story(Story, qtbot, qt_loop, server, browser, proxy.url) as told:
        yield told


def test_the_picture_comes_and_ends_by_plain_requests(
    plain_story: Story, proxy: PlainProxy
) -> None:
    assert proxy.habit is Habit.REFUSES
    plain_story.see()
    plain_story.click("#screen-stop")
    plain_story.until(lambda: plain_story.state is not ViewState.SHOWN)
    assert any("/Customer/Say" in line for line in proxy.requests)
    assert any("/api/v1/events?" in line for line in proxy.requests)
