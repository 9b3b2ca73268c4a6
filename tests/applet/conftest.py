"""A real server, a virtual screen, and a session with its applet connected."""

import tkinter
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.stage.applets.helped import Helped, helped
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.programs import starts_programs
from tests.stage.servers.fixtures import server
from tests.stage.servers.rescue_server import RealServer

__all__ = ["help_", "root", "screen", "server"]


@pytest.fixture
@starts_programs
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on the customer's screen."""
    with virtual_display() as environment:
        yield environment


@pytest.fixture(scope="session")
@starts_programs
def root() -> Iterator[tkinter.Tk]:
    """A window of this process; one for all tests, since Tk does not survive a change of screen."""
    with virtual_display() as environment:
        root = tkinter.Tk(screenName=environment["DISPLAY"])
        yield root
        root.destroy()


@pytest.fixture
async def help_(server: RealServer, screen: dict[str, str]) -> AsyncIterator[Helped]:
    async with helped(server, screen) as session:
        yield session
