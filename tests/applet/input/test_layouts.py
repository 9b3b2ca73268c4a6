"""What a technician types reaches a customer whose keyboard has another layout."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.stage.applets.running import LESS_THAN_A_QUESTION, Person, running_applet, running_target
from tests.stage.checkout import ROOT
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.links import link_parts
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import until

CUSTOMERS = "us"


@contextmanager
def desk(
    url: str, session_id: str, environment: dict[str, str]
) -> "Iterator[subprocess.Popen[str]]":
    """Run the technician's side while the block runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stage.technicians.keyboard_desk", url, session_id],
        cwd=ROOT,
        # The locale decides which characters dead keys make.
        env={**environment, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.fixture
@starts_programs
def technicians_screen() -> Iterator[dict[str, str]]:
    with virtual_display() as environment:
        yield environment


def lay_out(environment: dict[str, str], layout: str) -> None:
    subprocess.run(["setxkbmap", "-layout", layout], env=environment, check=True, timeout=30)


@pytest.mark.parametrize(
    ("layout", "keys", "text"),
    [
        ("fr", "a z A 1 ampersand dead_circumflex e eacute EuroSign m", "azA1&êé€m"),
        ("de", "z y dead_acute e ssharp at", "zyéß@"),
    ],
)
async def test_characters_arrive_as_typed_despite_another_layout(
    server: RealServer,
    screen: dict[str, str],
    technicians_screen: dict[str, str],
    layout: str,
    keys: str,
    text: str,
) -> None:
    lay_out(technicians_screen, layout)
    lay_out(screen, CUSTOMERS)
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    session = f"/sessions/{made['id']}"
    person, technician = Person(screen), Person(technicians_screen)
    async with running_applet(screen, *words):
        await until(lambda: server.owner.get(session).json()["status"] == "waiting")
        assert server.owner.post(f"{session}/start").ok
        # Only the page of the session is this high.
        await until(lambda: person.height_of_applet() > 300)
        calm = person.height_of_applet()
        with desk(server.url, made["id"], technicians_screen) as console:
            assert console.stdout is not None
            await until(lambda: person.height_of_applet() > calm + LESS_THAN_A_QUESTION)
            person.allow()
            assert await asyncio.to_thread(console.stdout.readline) == "ready\n"
            async with running_target(screen) as target:
                # Nothing arrives while the customer's own input pauses control.
                reached = asyncio.create_task(target.until("up F2"))
                while not reached.done():
                    technician.do("key", "F2")
                    await asyncio.wait([reached], timeout=0.3)
                person.look_at("^Target$")
                technician.do("key", "--delay", "40", *keys.split(), "F3")
                assert await target.until("up F3") == f"up F3 {text}"
