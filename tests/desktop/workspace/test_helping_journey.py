"""Chat and consent as a whole: console, real server, and a real browser as the customer."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
import qasync
from playwright.sync_api import Page, sync_playwright
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rescue_console.client.account import open_with_password
from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.console import Console
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds.sounds import Sounds
from rescue_console.desktop.workspace.chat.pane import ChatPane
from rescue_console.desktop.workspace.notes.pane import NotesPane
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.network.server_address import read_address
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.customers.browser import launch
from tests.stage.networks.wire import Wire
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer

WAIT_MS = 30_000

T = TypeVar("T")


class Customer:
    """A browser on its own thread, driven while the console's loop runs on."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._thread = ThreadPoolExecutor(1)
        self._page: Page | None = None

    def do(self, act: Callable[[Page], T]) -> T:
        """Return what *act* returns for the page."""
        future = self._thread.submit(lambda: act(self._open_page()))
        self._qtbot.waitUntil(future.done, timeout=2 * WAIT_MS)
        return future.result()

    def close(self) -> None:
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def write(self, text: str) -> None:
        def act(page: Page) -> None:
            page.get_by_label("Your message").fill(text)
            page.get_by_label("Your message").press("Enter")

        self.do(act)

    def said(self, count: int) -> list[str]:
        """Return the page's messages once there are *count* and none is on its way."""

        def act(page: Page) -> list[str]:
            page.wait_for_function(
                "count => document.querySelectorAll('#chat-log li:not(.unsent)').length === count"
                " && !document.querySelector('#chat-log .unsent')",
                arg=count,
            )
            return page.locator("#chat-log .said").all_text_contents()

        return self.do(act)

    def _open_page(self) -> Page:
        if self._page is None:
            self._playwright = sync_playwright().start()
            self._browser = launch(self._playwright)
            self._page = self._browser.new_page(locale="en-GB")
            self._page.set_default_timeout(WAIT_MS)
        return self._page

    def _close(self) -> None:
        if self._page is not None:
            self._browser.close()
            self._playwright.stop()


@pytest.fixture
@starts_programs
def server(tmp_path: Path) -> Iterator[RealServer]:
    with RealServer(tmp_path / "data") as server:
        yield server


@pytest.fixture
def wire(server: RealServer) -> Iterator[Wire]:
    """Return the network between the console and the server."""
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        yield wire


@pytest.fixture
def console(
    qt_loop: qasync.QEventLoop, wire: Wire, settings: Settings, qtbot: QtBot
) -> Iterator[Console]:
    settings.sound_on = False
    account = open_with_password(read_address(wire.url), OWNER_EMAIL, OWNER_PASSWORD, None)
    console = Console(account, settings, Sounds(settings))
    console.start()
    yield console
    closing = qt_loop.create_task(console.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)


@pytest.fixture
def customer(qtbot: QtBot) -> Iterator[Customer]:
    customer = Customer(qtbot)
    yield customer
    customer.close()


def begin(console: Console, server: RealServer, customer: Customer, qtbot: QtBot) -> WorkspaceTab:
    """Return the workspace of a session that has just become active."""
    made = server.owner.create_session(name="Jean Dupont")
    session_id = made["id"]

    def join(page: Page) -> None:
        page.goto(made["link"])
        page.get_by_role("button", name="Join in this browser").click()
        page.wait_for_url("**/Customer/Session")

    customer.do(join)

    def is_waiting() -> bool:
        session = console.model.session(session_id)
        return session is not None and session.status is SessionStatus.WAITING

    qtbot.waitUntil(is_waiting, timeout=WAIT_MS)
    session = console.model.session(session_id)
    assert session is not None
    console.commands.do(SessionAction.START, session)
    qtbot.waitUntil(lambda: console.tabs.tab(session_id) is not None, timeout=WAIT_MS)
    customer.do(lambda page: page.locator("#chat-form").wait_for())
    tab = console.tabs.tab(session_id)
    assert tab is not None
    return tab


def chat_of(tab: WorkspaceTab) -> ChatPane:
    return next(pane for pane in tab.panes if isinstance(pane, ChatPane))


def write(tab: WorkspaceTab, text: str) -> None:
    chat_of(tab).ui.input.setPlainText(text)
    chat_of(tab).ui.sendButton.click()


def lines(tab: WorkspaceTab) -> list[str]:
    return chat_of(tab).ui.view.toPlainText().split("\n")[1::2]


def test_both_sides_chat_and_a_lost_network_changes_neither_order_nor_number(
    console: Console, server: RealServer, wire: Wire, customer: Customer, qtbot: QtBot
) -> None:
    tab = begin(console, server, customer, qtbot)
    write(tab, "Hello <b>Jean</b>")
    assert customer.said(1) == ["Hello <b>Jean</b>"]
    customer.write("<img src=x> my printer")
    qtbot.waitUntil(lambda: lines(tab)[-1] == "<img src=x> my printer", timeout=WAIT_MS)
    wire.block()
    write(tab, "one moment")
    customer.write("are you there?")
    wire.mend()
    assert sorted(customer.said(4)[2:]) == ["are you there?", "one moment"]
    qtbot.waitUntil(lambda: lines(tab) == customer.said(4), timeout=WAIT_MS)


def test_the_customer_grants_a_power_and_takes_it_back(
    console: Console, server: RealServer, customer: Customer, qtbot: QtBot
) -> None:
    tab = begin(console, server, customer, qtbot)
    chip = tab.ui.consentBar.chips[Power.FILES]
    chip.ui.askButton.click()
    customer.do(lambda page: page.get_by_role("button", name="Allow", exact=True).click())
    qtbot.waitUntil(lambda: chip.consent is Consent.GRANTED, timeout=WAIT_MS)
    customer.do(lambda page: page.get_by_role("button", name="Stop everything").click())
    qtbot.waitUntil(lambda: chip.consent is Consent.DENIED, timeout=WAIT_MS)


def test_each_side_sees_that_the_other_is_writing(
    console: Console, server: RealServer, customer: Customer, qtbot: QtBot
) -> None:
    tab = begin(console, server, customer, qtbot)
    customer.do(lambda page: page.get_by_label("Your message").press_sequentially("my"))
    label = chat_of(tab).ui.typingLabel
    qtbot.waitUntil(lambda: label.text() == "Jean Dupont is writing…", timeout=WAIT_MS)
    QTest.keyClicks(chat_of(tab).ui.input, "yo")
    customer.do(lambda page: page.get_by_text("Your technician is writing…").wait_for())


def test_what_a_customer_on_hold_writes_is_announced_and_their_tab_outlives_the_session(
    console: Console,
    server: RealServer,
    customer: Customer,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(console.tray, "notify", lambda title, *_: told.append(title))
    session_id = begin(console, server, customer, qtbot).session.id
    console.list.select(session_id)
    console.window.ui.holdAction.trigger()
    qtbot.waitUntil(lambda: console.tabs.tab(session_id) is None, timeout=WAIT_MS)
    customer.write("are you there?")
    qtbot.waitUntil(lambda: "New message" in told, timeout=WAIT_MS)
    assert console.model.index_of(session_id).data() == "Jean Dupont (1)"
    console.window.ui.startAction.trigger()
    qtbot.waitUntil(lambda: console.tabs.tab(session_id) is not None, timeout=WAIT_MS)
    tab = console.tabs.tab(session_id)
    assert tab is not None
    assert tab.badge == 1
    customer.do(leave)
    qtbot.waitUntil(lambda: tab.is_over, timeout=WAIT_MS)
    assert tab.ui.overBanner.text.startswith("Closed by the customer. ")
    assert console.window.ui.noticeBanner.text == "Jean Dupont: Closed by the customer"
    assert told[-1] == "A session is over"
    assert lines(tab) == ["are you there?"]
    notes = next(pane for pane in tab.panes if isinstance(pane, NotesPane))
    notes.ui.notesEdit.setPlainText("was the printer")
    console.notebook.send()
    url = f"/sessions/{session_id}"
    qtbot.waitUntil(
        lambda: server.owner.get(url).json()["notes"] == "was the printer", timeout=WAIT_MS
    )
    console.window.ui.closeAction.trigger()
    assert console.tabs.tab(session_id) is None


def leave(page: Page) -> None:
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Leave the session").click()
