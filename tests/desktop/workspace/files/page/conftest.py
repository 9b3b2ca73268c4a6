"""A real server, a real browser as the customer, and the section with files."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
import qasync
from playwright.sync_api import Page, expect, sync_playwright
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.peer.files.transfer import TransferState
from rescue_console.protocol.powers import Consent, Power
from tests.desktop.workspace.screen.conftest import Story
from tests.stage.customers.browser import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.stage.customers.screen import WAIT_S, Customer
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.technicians.page_files import FilesTechnician

T = TypeVar("T")

expect.set_options(timeout=WAIT_S * 1000)

SLOW_BYTES_PER_S = 400_000

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
"""Lets a test cut a connection off, or put something into its channel."""


class FilesStory(Story):
    """An active session in which files can be exchanged with the page."""

    technician: FilesTechnician

    def allow_files(self) -> None:
        """Ask, allow, and wait until the link is open on both sides."""
        self.until(lambda: not self.technician.files.ui.askButton.isHidden())
        self.technician.files.ui.askButton.click()
        self.click("#consent-allow:enabled")
        self.until_open()

    def until_open(self) -> None:
        self.until(lambda: self.technician.link.is_open)
        self.act(lambda page: page.locator("#files-choose:enabled").wait_for())

    def choose(self, *paths: Path) -> None:
        """Let the customer choose files."""
        self.act(lambda page: page.locator("#files-input").set_input_files(list(paths)))

    def answer(self, label: str) -> None:
        """Answer the question that the technician is asked."""
        self.until(lambda: bool(self.technician.asked))
        asked, bar = self.technician.asked, self.technician.files.ui.questionBar
        [button] = [button for button in bar.buttons if button.text() == label]
        button.click()
        self.until(lambda: self.technician.asked != asked)

    def row(self, name: str, state: str) -> None:
        """Wait until the page shows the file *name* in *state*."""
        selector = f'#files-list li[data-state="{state}"]:has([data-role=name]:text-is("{name}"))'
        self.act(lambda page: page.locator(selector).wait_for())

    def press(self, name: str, role: str) -> None:
        """Press a button of a file's row."""
        selector = f'#files-list li:has([data-role=name]:text-is("{name}")) [data-role={role}]'
        self.click(selector)

    def save(self, name: str) -> tuple[str, bytes]:
        """Save a received file; return under what name, and what is in it."""

        def act(page: Page) -> tuple[str, bytes]:
            row = f'#files-list li:has([data-role=name]:text-is("{name}"))'
            with page.expect_download() as coming:
                page.locator(f"{row} [data-role=save]").click()
            return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()

        return self.act(act)

    def under_way(self, count: int = 1) -> bool:
        """Whether *count* transfers are on their way, with some of each there."""
        running = TransferState.RUNNING
        going = [one for one in self.technician.transfers if one.state is running and one.done > 0]
        return len(going) == count

    def send_under_way(self, path: Path) -> None:
        """Let the technician send a file, which is then on its way to the page."""
        self.slow(SLOW_BYTES_PER_S)
        self.technician.send(path)
        self.row(path.name, "asked")
        self.press(path.name, "accept")
        self.until(self.under_way)

    def choose_under_way(self, path: Path) -> None:
        """Let the customer send a file, which is then on its way to the console."""
        self.slow(SLOW_BYTES_PER_S)
        self.choose(path)
        self.answer("Receive")
        self.until(self.under_way)

    def slow(self, bytes_per_s: float | None) -> None:
        """Have files go so slowly that something can happen meanwhile; ``None`` ends that."""
        files = self.technician.link._files
        assert files is not None
        files.set_pace(bytes_per_s)

    def begin_again(self) -> None:
        """Close the technician's console and open it again."""
        earlier = self.technician
        self.run(earlier.aclose())
        earlier.pane.deleteLater()
        self.technician = FilesTechnician(earlier.account.server.url, earlier.session.id)

    def consent(self) -> Consent:
        return self.technician.session.consents.get(Power.FILES, Consent.NONE)


@pytest.fixture(scope="package")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with RealServer(tmp_path_factory.mktemp("server") / "data") as running:
        yield running


@contextmanager
def _customer() -> Iterator[Customer]:
    with ThreadPoolExecutor(1) as thread:

        def do(act: Callable[[], T]) -> T:
            return thread.submit(act).result(WAIT_S)

        playwright = do(lambda: sync_playwright().start())
        try:
            browser = do(
                lambda: playwright.chromium.launch(
                    executable_path=CHROMIUM,
                    args=[*CHROMIUM_ARGUMENTS, "--disable-features=WebRtcHideLocalIpsWithMdns"],
                )
            )
            page = do(lambda: browser.new_page(locale="en-GB"))
            do(lambda: page.set_default_timeout(WAIT_S * 1000))
            do(lambda: page.add_init_script(KEEP_CONNECTIONS))
            yield Customer({}, page, thread)
            do(browser.close)
        finally:
            do(playwright.stop)


@pytest.fixture(scope="package")
@starts_programs
def customer() -> Iterator[Customer]:
    with _customer() as opened:
        yield opened


@pytest.fixture
def downloads() -> Path:
    places = QStandardPaths.StandardLocation.DownloadLocation
    return Path(QStandardPaths.writableLocation(places))


@pytest.fixture
def story(
    qapp: QApplication,
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    server: RealServer,
    customer: Customer,
) -> Iterator[FilesStory]:
    asyncio.set_event_loop(qt_loop)
    qapp.setQuitOnLastWindowClosed(False)
    session = server.owner.create_session(name="Jean Dupont")
    customer.join(session["link"])
    answer = server.owner.post(f"/sessions/{session['id']}/start")
    assert answer.status_code == 200, answer.text
    technician = FilesTechnician(server.url, session["id"])
    told = FilesStory(qtbot, customer, technician)
    yield told
    server.owner.post(f"/sessions/{session['id']}/close")
    told.run(told.technician.aclose())
    told.technician.pane.deleteLater()
    customer.do(lambda page: page.goto("about:blank"))
    asyncio.set_event_loop(None)
