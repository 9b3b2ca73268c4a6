"""Files between console and page without the applet: their speed, and what the picture loses."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import IO

from benchmarks.bench_screen import program
from benchmarks.result import Result
from tests.stage.customers.screen_customer import Customer, customer
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.servers.rescue_server import RealServer

WIDTH, HEIGHT = 1920, 1080
WINDOW = (1000, 300, 400, 400)
ALONE_BYTES = 40_000_000
BESIDE_BYTES = 5_000_000
KEPT_BUDGET = 0.9
"""Share of its frames that the picture must keep during a file transfer."""


class _Console:
    """The console's program, which answers each line with one line."""

    def __init__(self, asked: IO[str], told: IO[str]) -> None:
        self._asked = asked
        self._told = told

    def ask(self, words: str) -> str:
        self._asked.write(f"{words}\n")
        self._asked.flush()
        return self._told.readline().strip()


def measure() -> list[Result]:
    """Send files both ways, first alone, then beside a moving picture."""
    with tempfile.TemporaryDirectory() as folder, RealServer(Path(folder) / "data") as server:
        session = server.owner.create_session(name="Jean Dupont")
        with customer(WIDTH, HEIGHT) as person, virtual_display(WIDTH + 80, HEIGHT + 220) as screen:
            person.join(session["link"])
            server.owner.post(f"/sessions/{session['id']}/start").raise_for_status()
            words = ["benchmarks.page_files_console", server.url, session["id"]]
            with program(words, {**screen, "HOME": folder}) as (asked, told):
                console = _Console(asked, told)
                return _speeds(console, person, Path(folder)) + _beside(
                    console, person, Path(folder)
                )


def _speeds(console: _Console, person: Customer, folder: Path) -> list[Result]:
    with ThreadPoolExecutor(1) as thread:
        asking = thread.submit(console.ask, "files")
        person.allow()
        asking.result(60)
    return [
        _speed("to the page", _out(console, person, folder, ALONE_BYTES), ALONE_BYTES),
        _speed("from the page", _in(console, person, folder, ALONE_BYTES), ALONE_BYTES),
    ]


def _beside(console: _Console, person: Customer, folder: Path) -> list[Result]:
    with person.window(*WINDOW) as show, ThreadPoolExecutor(2) as threads:
        asking = threads.submit(console.ask, "view")
        person.allow()
        asking.result(60)
        stop = Event()

        def move() -> None:
            number = 0
            while not stop.wait(0.012):
                number += 1
                show(f"{number * 5 % 256:02x}6080")

        moving = threads.submit(move)
        try:
            return _frames(console, person, folder)
        finally:
            stop.set()
            moving.result(60)


def _frames(console: _Console, person: Customer, folder: Path) -> list[Result]:
    Event().wait(3.0)  # Let the encoder settle.
    console.ask("frames")
    Event().wait(6.0)
    alone, held_ms = _figures(console)
    found = [
        Result(
            "screen 1920×1080 without a file transfer, painted frames per second",
            "",
            f"{alone:.1f} (windows held up {held_ms:.0f} ms at most)",
            None,
        )
    ]
    for way, send in (("to", _out), ("from", _in)):
        seconds = send(console, person, folder, BESIDE_BYTES)
        found.append(_beside_file(way, seconds, alone, *_figures(console)))
    return found


def _figures(console: _Console) -> tuple[float, float]:
    """Return the frames per second and the longest hold-up in ms since the last call."""
    frames, held_ms = (float(word) for word in console.ask("frames").split())
    return frames, held_ms


def _beside_file(way: str, seconds: float, alone: float, frames: float, held_ms: float) -> Result:
    speed = BESIDE_BYTES / seconds / 1e6
    return Result(
        f"screen 1920×1080 during a file transfer {way} the page, painted frames per second",
        f"≥ {KEPT_BUDGET} × those without a file",
        f"{frames:.1f} (windows held up {held_ms:.0f} ms at most, file {speed:.1f} MB/s)",
        frames >= KEPT_BUDGET * alone,
    )


def _out(console: _Console, person: Customer, folder: Path, size: int) -> float:
    """Send a file to the page; return the seconds that it took."""
    path = folder / f"out-{size}.bin"
    path.write_bytes(os.urandom(size))
    with ThreadPoolExecutor(1) as thread:
        sending = thread.submit(console.ask, f"send {path}")
        person.do(lambda page: page.locator("[data-role=accept]:visible").click())
        return float(sending.result(300))


def _in(console: _Console, person: Customer, folder: Path, size: int) -> float:
    """Have the page send a file; return the seconds that it took."""
    path = folder / f"in-{size}.bin"
    path.write_bytes(os.urandom(size))
    person.do(lambda page: page.locator("#files-input").set_input_files(path))
    return float(console.ask("receive"))


def _speed(way: str, seconds: float, size: int) -> Result:
    return Result(
        f"file without the applet, {size / 1e6:.0f} MB {way}",
        "",
        f"{size / seconds / 1e6:.1f} MB/s",
        None,
    )
