"""One technician, signed in at two computers: one console has the channel, the other says so."""

import asyncio
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import pytest
import qasync
import websockets
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rescue_console.applet.arriving.joining import join
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.link.console_channel import ConsoleChannel
from rescue_console.client import account as account_module
from rescue_console.client.account import Account
from rescue_console.desktop.console import Console
from rescue_console.desktop.workspace.section import channel as channel_module
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.network.server_address import read_address
from rescue_console.peer.relay import RelayRoute
from rescue_console.protocol.choices import DevicePlatform
from tests.stage.links import link_parts
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer
from tests.stage.technicians.fixtures import Finish
from tests.stage.technicians.signed_in import create, sign_in
from tests.stage.until import turn_until


class Applet:
    """The applet of a session without its window, in the loop of the consoles.

    Attributes:
        announced: The certificates that consoles have announced, one after the other.
        met: How often a console has come to the channel.
    """

    def __init__(self, server: RealServer, link: str) -> None:
        address = read_address(server.url)
        joined = join(address, link_parts(link), DevicePlatform.LINUX, None)
        self._url = f"{server.url.replace('http', 'ws', 1)}/Customer/Live"
        self._token = joined.token
        self.announced: list[str] = []
        self.met = 0

        async def introduce() -> dict[str, str]:
            return {"applet_token": joined.token}

        route = RelayRoute(server=address, session_id=joined.session_id, introduce=introduce)
        grants = Grants(lambda power: None)
        self._channel = ConsoleChannel(route, grants, list, self._changed)
        self._following = asyncio.ensure_future(self._follow())

    def _changed(self) -> None:
        self.met += self._channel.connected

    async def _follow(self) -> None:
        async with websockets.connect(self._url, proxy=None) as live:
            await live.send(json.dumps({"kind": "open", "token": self._token}))
            async for text in live:
                signal = json.loads(text).get("signal", {})
                if signal.get("kind") == "relay_ready":
                    self.announced.append(signal["body"])
                    await self._channel.open(bytes.fromhex(signal["body"]))

    async def aclose(self) -> None:
        self._following.cancel()
        await asyncio.gather(self._following, return_exceptions=True)
        await self._channel.close()


class Stage:
    """A session with an applet, and the two consoles of its technician."""

    def __init__(self, server: RealServer, qtbot: QtBot, desk: Console, laptop: Console) -> None:
        self.server = server
        self.qtbot = qtbot
        self.desk = desk
        self.laptop = laptop
        session = create(desk, "Marie")
        self.session_id = session.id
        self.applet = Applet(server, session.link)
        self.until(lambda: self.status(desk) == self.status(laptop) == "waiting")
        self._words = count(1)

    def until(self, holds: Callable[[], object]) -> None:
        turn_until(self.qtbot, holds)

    def status(self, console: Console) -> str:
        session = console.model.session(self.session_id)
        return session.status if session else ""

    def tab(self, console: Console) -> WorkspaceTab:
        tab = console.tabs.tab(self.session_id)
        assert tab is not None
        return tab

    def start(self, console: Console) -> None:
        """Start the session at one console; return when both have its workspace."""
        console.list.select(self.session_id)
        console.window.ui.startAction.trigger()
        self.until(lambda: len(self.desk.tabs) == len(self.laptop.tabs) == 1)
        session = console.model.session(self.session_id)
        self.until(lambda: session is not None and self.server_session()["applet"])

    def server_session(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.server.owner.get(f"/sessions/{self.session_id}").json()
        return answer

    def ask(self, power: str) -> None:
        answer = self.server.owner.post(f"/sessions/{self.session_id}/powers/{power}/ask")
        assert answer.ok, answer.text

    def says_elsewhere(self, console: Console) -> str:
        """Return what a console says about the other one; empty if nothing."""
        banner = self.tab(console).ui.elsewhereBanner
        return "" if banner.isHidden() else banner.text

    def sections(self, console: Console) -> list[bool]:
        """Return which sections of the workspace can be opened."""
        sections = self.tab(console).ui.sections
        return [sections.isTabEnabled(place) for place in range(sections.count())]

    def let_both_act(self) -> None:
        """Return when both consoles have had several occasions to reach for the channel."""
        for _ in range(5):
            notes = f"note {next(self._words)}"
            path = f"/sessions/{self.session_id}/notes"
            assert self.server.owner.put(path, json={"text": notes}).ok
            self.until(partial(self._both_know, notes))

    def _both_know(self, notes: str) -> bool:
        return all(self.tab(each).session.notes == notes for each in (self.desk, self.laptop))


@pytest.fixture
def stage(
    server: RealServer,
    wire: Wire,
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    finish: Finish,
    open_console: Callable[[Account], Console],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    # So that a console that has no channel reaches for it often.
    monkeypatch.setattr(channel_module, "CALL_AGAIN_S", 0.05)
    monkeypatch.setattr(channel_module, "REFUSED_PAUSE_S", 0.05)
    consoles = []
    for name in ("Desk", "Laptop"):
        monkeypatch.setattr(account_module, "computer_name", lambda name=name: name)
        consoles.append(open_console(sign_in(wire)))
    made = Stage(server, qtbot, *consoles)
    yield made
    finish(made.applet.aclose())


def test_only_the_console_that_started_the_session_opens_the_channel(stage: Stage) -> None:
    stage.start(stage.desk)
    stage.until(lambda: stage.says_elsewhere(stage.laptop))
    stage.ask("clipboard")
    stage.until(lambda: stage.applet.met == 1)
    stage.let_both_act()
    # The customer is asked again for each other certificate.
    assert len(set(stage.applet.announced)) == 1
    assert stage.applet.met == 1
    assert "Desk" in stage.says_elsewhere(stage.laptop)
    assert stage.says_elsewhere(stage.desk) == ""
    assert stage.sections(stage.desk) == [True] * 6
    assert stage.sections(stage.laptop) == [False, True, False, False, True, True]
    assert stage.tab(stage.laptop).ui.consentBar.isHidden()


def test_the_other_console_takes_over_by_the_keyboard_and_the_first_does_not_come_back(
    stage: Stage,
) -> None:
    stage.start(stage.desk)
    stage.until(lambda: stage.says_elsewhere(stage.laptop))
    stage.ask("clipboard")
    stage.until(lambda: stage.applet.met == 1)
    button = stage.tab(stage.laptop).ui.elsewhereBanner.ui.button
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(button, Qt.Key.Key_Space)
    stage.until(lambda: stage.applet.met == 2)
    stage.until(lambda: "Laptop" in stage.says_elsewhere(stage.desk))
    stage.let_both_act()
    assert len(set(stage.applet.announced)) == 2
    assert stage.applet.met == 2
    assert stage.says_elsewhere(stage.laptop) == ""
    assert stage.sections(stage.laptop) == [True] * 6
    assert stage.sections(stage.desk) == [False, True, False, False, True, True]


def test_a_console_goes_on_by_itself_once_the_other_is_closed(stage: Stage, finish: Finish) -> None:
    stage.start(stage.desk)
    stage.until(lambda: stage.says_elsewhere(stage.laptop))
    stage.ask("clipboard")
    stage.until(lambda: stage.applet.met == 1)
    finish(stage.desk.tabs.aclose())
    finish(stage.desk.connection.aclose())
    stage.until(lambda: stage.says_elsewhere(stage.laptop) == "")
    stage.until(lambda: (stage.server_session()["seat"] or {}).get("computer") == "Laptop")


def test_a_console_that_loses_its_network_keeps_the_session(stage: Stage, wire: Wire) -> None:
    stage.start(stage.desk)
    stage.until(lambda: stage.says_elsewhere(stage.laptop))
    stage.until(lambda: not stage.tab(stage.laptop).jobs.running)
    wire.block()
    stage.until(lambda: not stage.desk.standing.online and not stage.laptop.standing.online)
    wire.mend()
    stage.until(lambda: stage.desk.standing.online and stage.laptop.standing.online)
    stage.let_both_act()
    assert stage.says_elsewhere(stage.desk) == ""
    assert "Desk" in stage.says_elsewhere(stage.laptop)
