"""An active session: a browser that shows its screen, and the console's screen section."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.stage.customers.screen_customer import WAIT_S, Customer
from tests.stage.servers.rescue_server import RealServer
from tests.stage.technicians.screen_technician import Technician
from tests.stage.until import turn_until

T = TypeVar("T")
StoryT = TypeVar("StoryT", bound="Story")


class Story:
    """An active session with both sides; waits by running Qt's loop.

    Attributes:
        technician_kind: The class of the technician who takes part.
    """

    technician_kind: type[Technician] = Technician

    def __init__(self, qtbot: QtBot, customer: Customer, technician: Technician) -> None:
        self._qtbot = qtbot
        self.customer = customer
        self.technician = technician

    @property
    def state(self) -> ViewState:
        return self.technician.pane.viewing.situation.state

    def until(self, holds: Callable[[], bool]) -> None:
        turn_until(self._qtbot, holds, within_s=WAIT_S)

    def until_state(self, state: ViewState) -> None:
        self.until(lambda: self.state is state)

    def until_colour(self, place: tuple[float, float], colour: tuple[int, int, int]) -> None:
        """Wait until roughly *colour* is painted: encoding and averaging change it a little."""

        def near() -> bool:
            shown = self.technician.colour_at(*place)
            return all(abs(a - b) < 16 for a, b in zip(shown, colour, strict=True))

        self.until(near)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.get_event_loop().create_task(work)
        self.until(task.done)
        return task.result()

    def act(self, act: Callable[[Any], T]) -> T:
        """Let the customer do *act* while the technician's side goes on."""
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
        self.technician = self.technician_kind(earlier.account.server.url, earlier.session.id)

    def see(self) -> None:
        """Ask to see the screen, allow it, and wait for the picture."""
        self.until(lambda: self.technician.pane.ui.askButton.isEnabled())
        self.technician.pane.ui.askButton.click()
        self.until_state(ViewState.ASKED)
        self.click("#consent-allow:enabled")
        self.until_state(ViewState.SHOWN)


@contextmanager
def open_story(
    kind: type[StoryT],
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    server: RealServer,
    customer: Customer,
    front: str = "",
) -> Iterator[StoryT]:
    """Let *customer* join a new session and a technician start it; close it at the end.

    Args:
        front: The address at which both sides reach the server, if it is not the server's own.
    """
    front = front or server.url
    asyncio.set_event_loop(qt_loop)
    QApplication.setQuitOnLastWindowClosed(False)
    session = server.owner.create_session(name="Jean Dupont")
    customer.join(session["link"].replace(server.url, front))
    answer = server.owner.post(f"/sessions/{session['id']}/start")
    assert answer.status_code == 200, answer.text
    story = kind(qtbot, customer, kind.technician_kind(front, session["id"]))
    yield story
    server.owner.post(f"/sessions/{session['id']}/close")
    story.run(story.technician.aclose())
    story.technician.pane.deleteLater()
    customer.do(lambda page: page.goto("about:blank"))
    asyncio.set_event_loop(None)
