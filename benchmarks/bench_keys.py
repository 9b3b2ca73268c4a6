"""From the technician's key press to the X event on the customer's screen.

A key goes down on the technician's X screen (XTEST), the console's real screen section sends it
through the server's relay, the real applet injects it, and a program on the customer's X screen
receives it. Both moments are read from the system's monotonic clock.
"""

import asyncio
import random
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from benchmarks.figures import milliseconds, percentile
from benchmarks.program import Program, running
from benchmarks.result import Result
from tests.stage.applets.running import LESS_THAN_A_QUESTION, Person, running_applet
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.links import link_parts
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import until

KEYS = 150
BUDGET_S = 0.015
PAUSE_S = 0.04
OWN_INPUT_S = 1.2
"""How long to wait after the customer has pressed Allow: their own input pauses control."""


def measure() -> list[Result]:
    """Take control through the real programs, then press a key again and again."""
    return asyncio.run(_measure())


async def _measure() -> list[Result]:
    with (
        tempfile.TemporaryDirectory() as folder,
        RealServer(Path(folder) / "data") as server,
        virtual_display() as customer,
        virtual_display() as technician,
    ):
        session = server.owner.create_session(name="Jean Dupont")
        link = link_parts(session["link"])
        words = ("--server", server.url, "--code", link.code, "--key", link.key)
        async with running_applet(customer, *words):
            await until(lambda: _session(server, session["id"])["status"] == "waiting")
            server.owner.post(f"/sessions/{session['id']}/start").raise_for_status()
            person = Person(customer)
            console = ["tests.stage.technicians.keyboard_desk", server.url, session["id"]]
            # Only the page of the session is this high.
            await until(lambda: person.height_of_applet() > 300)
            calm = person.height_of_applet()
            with (
                running(["benchmarks.key_reader"], customer) as reader,
                running(console, technician) as desk,
            ):
                # The applet's window grows by the question.
                await until(lambda: person.height_of_applet() > calm + LESS_THAN_A_QUESTION)
                person.allow()
                assert await asyncio.to_thread(desk.read) == "ready"
                assert reader.ask() == "ready"
                await asyncio.sleep(OWN_INPUT_S)
                delays = await asyncio.to_thread(_press, technician["DISPLAY"], reader)
    median = percentile(delays, 50)
    return [
        Result(
            "technician's key press to the X event at the customer's",
            f"median ≤ {milliseconds(BUDGET_S)}",
            f"median {milliseconds(median)}, p95 {milliseconds(percentile(delays, 95))}",
            median <= BUDGET_S,
        )
    ]


def _session(server: RealServer, session_id: str) -> dict[str, object]:
    answer: dict[str, object] = server.owner.get(f"/sessions/{session_id}").json()
    return answer


def _press(screen: str, reader: Program) -> list[float]:
    """Return the seconds from each press to its event; the first, cold one does not count."""
    display = Display(screen)
    key = display.keysym_to_keycode(XK.XK_a)
    chance = random.Random(1)
    delays = []
    with ThreadPoolExecutor(1) as thread:
        for _ in range(KEYS + 1):
            coming = thread.submit(reader.read)
            pressed_ns = time.monotonic_ns()
            xtest.fake_input(display, X.KeyPress, key)
            display.flush()
            delays.append((int(coming.result(30)) - pressed_ns) / 1e9)
            xtest.fake_input(display, X.KeyRelease, key)
            display.flush()
            # A random pause, so as not to fall into step with any timer.
            time.sleep(PAUSE_S + chance.random() * PAUSE_S)
    display.close()
    return delays[1:]
