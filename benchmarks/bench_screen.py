"""Viewing a 1920×1080 screen: frames per second, and the delay until a change is visible.

There are two X screens: on the customer's, a window changes its colour at known times; on the
technician's, one point is read back. So the figures include capture, encoding, network, decoding
and painting.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.figures import milliseconds, percentile
from benchmarks.result import Result
from tests.stage.customers.screen_customer import Customer, customer
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.servers.rescue_server import RealServer

WIDTH, HEIGHT = 1920, 1080
WINDOW = (1000, 300, 400, 400)
FLIPS = 60
MOVING_S = 10.0
COLOURS = ("3060c0", "c0a030")
FRAMES_BUDGET = 28.0
MEDIAN_BUDGET_S = 0.065
P95_BUDGET_S = 0.095
HELD_BUDGET_MS = 50.0


def measure() -> list[Result]:
    """View the screen through the real programs; change a colour, then keep something moving."""
    with tempfile.TemporaryDirectory() as folder, RealServer(Path(folder) / "data") as server:
        session = server.owner.create_session(name="Jean Dupont")
        with customer(WIDTH, HEIGHT) as person, virtual_display(WIDTH + 80, HEIGHT + 220) as screen:
            person.join(session["link"])
            server.owner.post(f"/sessions/{session['id']}/start").raise_for_status()
            return _results(view(server, session["id"], person, screen))


@dataclass(frozen=True)
class Seen:
    """What was measured.

    Attributes:
        delays: Seconds from each change on the customer's screen to its pixels on the technician's.
        frames: Frames painted per second.
        held_ms: The longest time in ms that the console's windows were held up.
        load: Share of a core that the console used.
    """

    delays: list[float]
    frames: float
    held_ms: float
    load: float


def view(server: RealServer, session_id: str, person: Customer, screen: dict[str, str]) -> Seen:
    """Measure in a session that is active on both sides; *screen* is the console's environment."""
    x = (WINDOW[0] + WINDOW[2] / 2) / WIDTH
    y = (WINDOW[1] + WINDOW[3] / 2) / HEIGHT
    words = ["benchmarks.screen_console", server.url, session_id, str(x), str(y)]
    with person.window(*WINDOW) as show, program(words, screen) as (asked, told):
        show(COLOURS[0])
        person.allow()
        point = told.readline().split()[1:3]
        with program(["benchmarks.screen_reader", *point], screen) as (_, seen):
            delays = _flip(show, seen)
        _ask(asked, told)
        used_before = _ask(asked, told)[2]
        began = time.monotonic()
        _move(show)
        frames, held_ms, used = _ask(asked, told)
        load = (used - used_before) / (time.monotonic() - began)
    return Seen(delays, frames, held_ms, load)


def _flip(show: Callable[[str], int], seen: IO[str]) -> list[float]:
    """Return the seconds from each change of the colour to its pixels."""
    seen.readline()
    delays = []
    with ThreadPoolExecutor(1) as thread:
        for number in range(1, FLIPS + 1):
            coming = thread.submit(seen.readline)
            changed_ns = show(COLOURS[number % 2])
            delays.append((int(coming.result(30).split()[0]) - changed_ns) / 1e9)
            # Out of step with the capture, so that changes come at different times in a frame.
            time.sleep(0.2 + 0.0137 * (number % 11))
    return delays


def _move(show: Callable[[str], int]) -> None:
    """Change something continually, faster than frames are captured."""
    end = time.monotonic() + MOVING_S
    number = 0
    while time.monotonic() < end:
        number += 1
        show(f"{number * 5 % 256:02x}6080")
        time.sleep(0.012)


def _ask(asked: IO[str], told: IO[str]) -> tuple[float, float, float]:
    asked.write("\n")
    asked.flush()
    frames, held_ms, used_s = (float(word) for word in told.readline().split())
    return frames, held_ms, used_s


@contextmanager
def program(words: list[str], screen: dict[str, str]) -> Iterator[tuple[IO[str], IO[str]]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        env=screen,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process.stdin, process.stdout
    finally:
        process.terminate()
        process.wait(30)
        process.stdin.close()
        process.stdout.close()


def _results(seen: Seen) -> list[Result]:
    median, p95 = percentile(seen.delays, 50), percentile(seen.delays, 95)
    frames, held_ms = seen.frames, seen.held_ms
    return [
        Result(
            "screen 1920×1080, painted frames per second",
            f"≥ {FRAMES_BUDGET:.0f}",
            f"{frames:.1f}",
            frames >= FRAMES_BUDGET,
        ),
        Result(
            "screen 1920×1080, from a change there to its pixels here",
            f"median ≤ {milliseconds(MEDIAN_BUDGET_S)}, p95 ≤ {milliseconds(P95_BUDGET_S)}",
            f"median {milliseconds(median)}, p95 {milliseconds(p95)}",
            median <= MEDIAN_BUDGET_S and p95 <= P95_BUDGET_S,
        ),
        Result(
            "console while viewing 1920×1080, longest hold-up of its windows",
            f"≤ {HELD_BUDGET_MS:.0f} ms",
            f"{held_ms:.0f} ms",
            held_ms <= HELD_BUDGET_MS,
        ),
        Result(
            "console while viewing 1920×1080, processor",
            "",
            f"{seen.load * 100:.0f} % of a core",
            None,
        ),
    ]
