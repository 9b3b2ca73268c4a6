"""Two real clipboards, on two X screens, that are kept the same."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.stage.applets.running import LESS_THAN_A_QUESTION, Person, running_applet
from tests.stage.checkout import ROOT
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.displays.x_clipboard import Clipboard, x_clipboard
from tests.stage.links import link_parts
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import until

WAYS = [
    ("de l’été", "une adresse: a@b.example"),
    ("two\r\nlines\r\n", "one\n\ttab  "),
    ("漢字 🙂", "x" * 60_000),
]


class Desk:
    """The technician's console."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def counts(self) -> list[int]:
        """Return how many texts it has sent and received."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return [int(word) for word in self.read().split()]


@contextmanager
def desk(url: str, session_id: str, environment: dict[str, str]) -> Iterator[Desk]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stage.technicians.clipboard_desk", url, session_id],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Desk(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


@pytest.fixture
@starts_programs
def technicians_screen() -> Iterator[dict[str, str]]:
    with virtual_display() as environment:
        yield environment


async def test_each_copied_text_reaches_the_other_side_once_and_never_comes_back(
    server: RealServer, screen: dict[str, str], technicians_screen: dict[str, str]
) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    session = f"/sessions/{made['id']}"
    async with running_applet(screen, *words):
        await until(lambda: server.owner.get(session).json()["status"] == "waiting")
        assert server.owner.post(f"{session}/start").ok
        person = Person(screen)
        # Only the page of the session is this high.
        await until(lambda: person.height_of_applet() > 300)
        calm = person.height_of_applet()
        with (
            desk(server.url, made["id"], technicians_screen) as technician,
            x_clipboard(screen) as theirs,
            x_clipboard(technicians_screen) as ours,
        ):
            await until(lambda: person.height_of_applet() > calm + LESS_THAN_A_QUESTION)
            theirs.copy("copied before it was allowed")
            person.allow()
            assert await asyncio.to_thread(technician.read) == "ready"
            for customers, technicians in WAYS:
                # The technician's first: what the applet finds at its first look is not sent.
                await _goes(technicians, ours, theirs)
                await _goes(customers, theirs, ours)
            counts = technician.counts()

    assert counts == [len(WAYS), len(WAYS)]


async def _goes(text: str, source: Clipboard, goal: Clipboard) -> None:
    source.copy(text)
    await until(lambda: goal.paste() == text)
