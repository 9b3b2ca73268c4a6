"""A real server, a real browser as the customer, and the files section."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import qasync
from playwright.sync_api import expect
from PySide6.QtCore import QStandardPaths
from pytestqt.qtbot import QtBot

from tests.stage.customers.beside import offered_applets
from tests.stage.customers.screen_customer import WAIT_S, Customer, customer_without_screen
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.files_story import FilesStory
from tests.stage.stories.screen_story import open_story

expect.set_options(timeout=WAIT_S * 1000)


KEEP_CONNECTIONS = """
    window.connections = [];
    window.channels = [];
    const Made = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Made {
      constructor(...given) { super(...given); window.connections.push(this); }
      createDataChannel(...given) {
        const channel = super.createDataChannel(...given);
        window.channels.push(channel);
        return channel;
      }
    };
"""
"""Lets a test cut off a connection, or send something through its channel."""


@pytest.fixture(scope="package")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    applets = offered_applets(tmp_path_factory.mktemp("applets"))
    with RealServer(tmp_path_factory.mktemp("server") / "data", *applets) as running:
        yield running


@pytest.fixture(scope="package")
@starts_programs
def customer() -> Iterator[Customer]:
    with customer_without_screen(KEEP_CONNECTIONS) as opened:
        yield opened


@pytest.fixture
def downloads() -> Path:
    places = QStandardPaths.StandardLocation.DownloadLocation
    return Path(QStandardPaths.writableLocation(places))


@pytest.fixture
def story(
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    server: RealServer,
    customer: Customer,
) -> Iterator[FilesStory]:
    with open_story(FilesStory, qtbot, qt_loop, server, customer) as told:
        yield told
