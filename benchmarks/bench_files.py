"""A file of 1 GB from console to applet and back through the real relay: speed and memory."""

import asyncio
import multiprocessing
import os
import tempfile
import time
from pathlib import Path
from typing import Any, Protocol

import psutil

from benchmarks.result import Result
from rescue_console.peer.files.sources import find_sources
from tests.stage.applets.relay_end import Meeting, RelayEnd, arrange
from tests.stage.servers.rescue_server import RealServer

SIZE_BYTES = int(os.environ.get("BENCH_FILE_MB", "1000")) * 1_000_000
BUDGET_MB_S = 40
BUDGET_GROWTH_MB = 40
WITHIN_S = 300.0


def measure() -> list[Result]:
    """Send the file to the applet, then back to the console."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with RealServer(folder / "data") as server:
            meeting = arrange(server, folder)
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            applet = context.Process(target=_applet, args=(meeting, folder, theirs))
            applet.start()
            memory = _Memory([os.getpid(), applet.pid or 0, server.process.pid])
            try:
                seconds = asyncio.run(_console(meeting, folder, memory, ours))
            finally:
                ours.send("end")
                applet.join(30)
    ways = zip(("console to applet", "applet to console"), seconds, strict=True)
    return [*(_speed(way, took_s) for way, took_s in ways), *memory.results()]


def _speed(way: str, seconds: float) -> Result:
    speed = SIZE_BYTES / 1e6 / seconds
    return Result(
        f"file of {SIZE_BYTES // 1_000_000} MB, {way}",
        f"≥ {BUDGET_MB_S} MB/s",
        f"{speed:.0f} MB/s",
        ok=speed >= BUDGET_MB_S,
    )


class _Pipe(Protocol):
    """One end of a pipe between two processes; its real class depends on the system."""

    def send(self, word: str, /) -> None: ...

    def recv(self) -> Any: ...


class _Memory:
    """The memory of console, applet and server: the first value and the highest."""

    def __init__(self, pids: list[int]) -> None:
        self._processes = [psutil.Process(pid) for pid in pids]
        self._first: list[int] = []
        self._most: list[int] = []

    def look(self) -> None:
        now = [process.memory_info().rss for process in self._processes]
        self._first = self._first or now
        self._most = [max(pair) for pair in zip(self._most or now, now, strict=True)]

    def results(self) -> list[Result]:
        names = ("console", "applet", "server")
        grown = [(most - first) / 1e6 for first, most in zip(self._first, self._most, strict=True)]
        return [
            Result(
                f"memory that the {name} gains meanwhile",
                f"≤ {BUDGET_GROWTH_MB} MB",
                f"{growth:.0f} MB",
                ok=growth <= BUDGET_GROWTH_MB,
            )
            for name, growth in zip(names, grown, strict=True)
        ]


def _applet(meeting: Meeting, folder: Path, pipe: _Pipe) -> None:
    asyncio.run(_serve_applet(meeting, folder, pipe))


async def _serve_applet(meeting: Meeting, folder: Path, pipe: _Pipe) -> None:
    """Receive the file, and send it back when told to."""
    async with RelayEnd(meeting, folder / "applet", console=False).open() as end:
        while await asyncio.to_thread(pipe.recv) == "send":
            end.exchange.offer(find_sources([folder / "applet" / "large.bin"]))


async def _console(meeting: Meeting, folder: Path, memory: _Memory, pipe: _Pipe) -> list[float]:
    """Return the seconds that the file took there and back."""
    await asyncio.to_thread(_make_file, folder / "large.bin")
    async with RelayEnd(meeting, folder / "console", console=True).open() as end:
        await end.until(lambda: end.met > 0)
        memory.look()
        watching = asyncio.create_task(_watch(memory))
        began = time.perf_counter()
        [sent] = end.exchange.offer(find_sources([folder / "large.bin"]))
        await end.until(lambda: sent.over, WITHIN_S)
        there = time.perf_counter() - began
        assert not sent.problem, sent.problem
        began = time.perf_counter()
        pipe.send("send")
        await end.until(lambda: (folder / "console" / "large.bin").exists(), WITHIN_S)
        await end.until(lambda: not end.exchange.running, WITHIN_S)
        back = time.perf_counter() - began
        watching.cancel()
    return [there, back]


async def _watch(memory: _Memory) -> None:
    while True:
        memory.look()
        await asyncio.sleep(0.2)


def _make_file(path: Path) -> None:
    block = os.urandom(1_000_000)
    with path.open("wb") as file:
        for _ in range(SIZE_BYTES // len(block)):
            file.write(block)
