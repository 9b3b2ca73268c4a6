"""What the applet tells a real server about the customer's answers, and what its window shows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from rescue_console.applet.arriving.arriving import Arriving
from rescue_console.applet.arriving.options import Options
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.machine.opening import open_machine
from rescue_console.applet.session.helped_session import HelpedSession
from rescue_console.applet.session.surroundings import Surroundings
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Helping, View
from rescue_console.network.server_address import read_address
from rescue_console.protocol.choices import Language
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.powers import Power
from tests.stage.customers.beside import join_by_page
from tests.stage.links import link_parts
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, until

TEXTS = Texts(Language("en"))


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "true")


@dataclass
class Session:
    """A started session with an applet that has no window.

    Attributes:
        token: The applet's.
        views: The views that the window would have shown.
    """

    token: str
    applet: HelpedSession
    views: list[View]
    made: dict[str, Any]
    server: RealServer

    @property
    def view(self) -> Helping:
        """The view that the window would show now."""
        view = self.views[-1]
        assert isinstance(view, Helping)
        return view

    def consent(self, power: Power) -> str:
        """Return the consent to *power* that the server knows."""
        answer = self.server.owner.get(f"/sessions/{self.made['id']}").json()
        return str(answer["consents"].get(power, "none"))

    async def asked(self, power: Power) -> None:
        """Let the technician ask for *power*; return when the applet has heard of it."""
        url = f"/sessions/{self.made['id']}/powers/{power}/ask"
        answer = await asyncio.to_thread(self.server.owner.post, url)
        assert answer.ok, answer.text
        await until(lambda: power in self.applet.asked)

    async def granted(self, power: Power) -> None:
        """Let the technician ask for *power* and the customer allow it."""
        await self.asked(power)
        self.applet.answer(power, allowed=True)
        await until(lambda: power in self.view.granted)

    async def shown(self) -> None:
        """Let the technician ask for the picture, and a page beside the applet give it."""
        await self.asked(Power.VIEW)
        await asyncio.to_thread(self._show)
        await until(lambda: Power.VIEW in self.view.granted)

    def _show(self) -> None:
        url = self.server.url
        answer = requests.post(
            f"{url}/Customer/PageKey", json={"token": self.token}, timeout=WAIT_S
        )
        link = LinkParts(answer.json()["code"], answer.json()["key"])
        answer = requests.post(
            f"{url}/Customer/Say?session={self.made['id']}",
            json={"kind": "consent", "power": "view", "granted": True},
            cookies=join_by_page(url, link),
            headers={"Origin": url},
            timeout=WAIT_S,
        )
        assert answer.json() == {"answer": None}


async def _nothing() -> str:
    return ""


@asynccontextmanager
async def in_session(server: RealServer, address: str = "") -> AsyncIterator[Session]:
    made = server.owner.create_session()
    views: list[View] = []
    options = Options(
        read_address(address or server.url), confirm=False, link=link_parts(made["link"])
    )
    arrived = await Arriving(TEXTS, views.append, _nothing).arrive(options)
    around = Surroundings(
        TEXTS, OwnWindows(), views.append, _nothing, lambda text: None, open_machine()
    )
    applet = HelpedSession(arrived, around)
    running = asyncio.create_task(applet.run())
    await until(lambda: applet.seen)
    url = f"/sessions/{made['id']}"
    await asyncio.to_thread(server.owner.post, f"{url}/start")
    try:
        yield Session(arrived.joined.token, applet, views, made, server)
    finally:
        await asyncio.to_thread(server.owner.post, f"{url}/close")
        await running


async def swallowed(wire: Wire, act: Callable[[], None]) -> None:
    """Call *act* while the connection swallows everything that is sent."""
    wire.dying = True
    act()
    await until(lambda: wire.swallowed)
    wire.dying = False


async def test_stop_takes_back_what_was_allowed_just_before(server: RealServer) -> None:
    async with in_session(server) as session:
        await session.asked(Power.CLIPBOARD)
        session.applet.answer(Power.CLIPBOARD, allowed=True)
        session.applet.stop()
        await until(lambda: session.consent(Power.CLIPBOARD) == "denied")

        assert session.view.notice == TEXTS("Everything was stopped.")
        assert not [view for view in session.views if isinstance(view, Helping) and view.granted]


async def test_a_question_stays_until_it_is_answered(server: RealServer) -> None:
    async with in_session(server) as session:
        await session.asked(Power.SYSTEM_INFORMATION)
        await session.asked(Power.CLIPBOARD)
        questions = [session.view.asked]
        session.applet.answer(Power.SYSTEM_INFORMATION, allowed=False)

        assert [*questions, session.view.asked] == [Power.SYSTEM_INFORMATION, Power.CLIPBOARD]


@pytest.mark.parametrize("allowed", [True, False])
async def test_an_answer_lost_in_a_dying_connection_is_sent_again(
    server: RealServer, allowed: bool
) -> None:
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        async with in_session(server, wire.url) as session:
            await session.asked(Power.CLIPBOARD)
            await swallowed(wire, lambda: session.applet.answer(Power.CLIPBOARD, allowed=allowed))
            assert session.consent(Power.CLIPBOARD) == "asked"
            wire.cut()
            wanted = "granted" if allowed else "denied"
            await until(lambda: session.consent(Power.CLIPBOARD) == wanted)


async def test_until_the_server_knows_of_stop_the_window_says_how_to_end_the_picture(
    server: RealServer,
) -> None:
    still = TEXTS(
        "The picture ends once the server answers. To end it now, close the page in your browser."
    )
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        async with in_session(server, wire.url) as session:
            await session.shown()
            await swallowed(wire, session.applet.stop)
            assert session.view.notice.endswith(still)
            wire.cut()
            await until(lambda: session.consent(Power.VIEW) == "denied")
            await until(lambda: session.view.notice == TEXTS("Everything was stopped."))
