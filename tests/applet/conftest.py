"""A real server, a virtual screen, and a session whose applet is there."""

import tkinter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rescue_console.protocol.channel import Greeting, PointerMoved
from tests.stage.applets.console import Console
from tests.stage.applets.running import (
    FROM_SOURCE,
    LESS_THAN_A_QUESTION,
    Person,
    link_parts,
    running_applet,
)
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import until


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with RealServer(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


@pytest.fixture
@starts_programs
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on the customer's screen."""
    with virtual_display() as environment:
        yield environment


@pytest.fixture(scope="session")
@starts_programs
def root() -> Iterator[tkinter.Tk]:
    """A window of this process; Tk does not bear that its screen goes and another comes."""
    with virtual_display() as environment:
        root = tkinter.Tk(screenName=environment["DISPLAY"])
        yield root
        root.destroy()


@dataclass
class Helped:
    """A started session with its applet connected to the technician's console."""

    console: Console
    person: Person

    async def asked(self, power: str) -> None:
        """Let the technician ask for *power*; return when the applet shows the question."""
        before = self.person.height_of_applet()
        self.console.ask(power)
        await until(lambda: self.person.height_of_applet() > before + LESS_THAN_A_QUESTION)

    async def granted(self, power: str) -> None:
        """Let the technician ask for *power* and the customer allow it."""
        await self.asked(power)
        self.person.allow()
        await until(lambda: self.console.session()["consents"].get(power) == "granted")

    async def in_control(self) -> None:
        """Get control, and wait until pressing Allow no longer counts as the customer's input."""
        await self.granted("control")
        goal = 0 if self.person.place()[0] else 320

        def arrived() -> bool:
            self.console.relay.post(PointerMoved(screen=0, x=goal / 1279, y=0.5))
            return self.person.place()[0] == goal

        await until(arrived)


@asynccontextmanager
async def helped(
    server: RealServer,
    screen: dict[str, str],
    folder: Path,
    program: tuple[str, ...] = FROM_SOURCE,
    address: str = "",
) -> AsyncIterator[Helped]:
    """Let the applet join a new session and the technician start it."""
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", address or server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words, program=program):
        console = Console(server, made["id"], folder)
        await until(lambda: console.session()["status"] == "waiting")
        console.start()
        async with console.connected():
            await until(lambda: console.session()["applet"])
            console.ready()
            await console.until(Greeting)
            yield Helped(console, Person(screen))


@pytest.fixture
async def help_(
    server: RealServer, screen: dict[str, str], tmp_path: Path
) -> AsyncIterator[Helped]:
    async with helped(server, screen, tmp_path) as session:
        yield session
