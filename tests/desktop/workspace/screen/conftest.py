"""A real server, a real browser as the customer, and the section that shows their screen."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.stage.customers.screen import WAIT_S, Customer, customer
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.technicians.screen import Technician

T = TypeVar("T")


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


class Story:
    """An active session with both sides; waits by turning Qt's loop."""

    def __init__(self, qtbot: QtBot, customer: Customer, technician: Technician) -> None:
        self._qtbot = qtbot
        self.customer = customer
        self.technician = technician

    @property
    def state(self) -> ViewState:
        return self.technician.pane.viewing.situation.state

    def until(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds, timeout=int(WAIT_S * 1000))

    def until_state(self, state: ViewState) -> None:
        self.until(lambda: self.state is state)

    def until_colour(self, place: tuple[float, float], colour: tuple[int, int, int]) -> None:
        """Wait until about *colour* is painted: encoding and averaging cost some exactness."""

        def near() -> bool:
            shown = self.technician.colour_at(*place)
            return all(abs(a - b) < 16 for a, b in zip(shown, colour, strict=True))

        self.until(near)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.get_event_loop().create_task(work)
        self.until(task.done)
        return task.result()

    def act(self, act: Callable[[Any], T]) -> T:
        """Let the customer do something while the technician's side goes on."""
        doing = self.customer.begin(act)
        self.until(doing.done)
        return doing.result()

    def click(self, selector: str) -> None:
        self.act(lambda page: page.locator(selector).click())

    def begin_again(self) -> None:
        """Close the technician's console and open it again."""
        earlier = self.technician
        self.run(earlier.aclose())
        earlier.pane.deleteLater()
        self.technician = Technician(earlier.account.server.url, earlier.session.id)

    def see(self) -> None:
        """Ask, allow, and wait for the picture."""
        self.until(lambda: self.technician.pane.ui.askButton.isEnabled())
        self.technician.pane.ui.askButton.click()
        self.until_state(ViewState.ASKED)
        self.click("#consent-allow:enabled")
        self.until_state(ViewState.SHOWN)


@pytest.fixture
def story(
    qapp: QApplication,
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    server: RealServer,
    browser: Customer,
) -> Iterator[Story]:
    asyncio.set_event_loop(qt_loop)
    qapp.setQuitOnLastWindowClosed(False)
    session = server.owner.create_session(name="Jean Dupont")
    browser.join(session["link"])
    answer = server.owner.post(f"/sessions/{session['id']}/start")
    assert answer.status_code == 200, answer.text
    technician = Technician(server.url, session["id"])
    told = Story(qtbot, browser, technician)
    yield told
    server.owner.post(f"/sessions/{session['id']}/close")
    told.run(told.technician.aclose())
    told.technician.pane.deleteLater()
    browser.do(lambda page: page.goto("about:blank"))
    asyncio.set_event_loop(None)
