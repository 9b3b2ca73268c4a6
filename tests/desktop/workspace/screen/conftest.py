"""A real server, a real browser as the customer, and the screen section."""

from collections.abc import Iterator

import pytest
import qasync
from pytestqt.qtbot import QtBot

from tests.stage.customers.screen_customer import Customer, customer
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.screen_story import Story, open_story


@pytest.fixture(scope="package")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with RealServer(tmp_path_factory.mktemp("server") / "data") as running:
        yield running


@pytest.fixture(scope="package")
@starts_programs
def browser() -> Iterator[Customer]:
    with customer() as opened:
        yield opened


@pytest.fixture
def story(
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    server: RealServer,
    browser: Customer,
) -> Iterator[Story]:
    with open_story(Story, qtbot, qt_loop, server, browser) as told:
        yield told
