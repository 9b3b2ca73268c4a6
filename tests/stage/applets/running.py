"""A running applet on a virtual screen, and a person who presses its buttons with the keyboard."""

import asyncio
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from tests.stage.checkout import ROOT
from tests.stage.displays.virtual_display import wait_for_window
from tests.stage.until import WAIT_S, wait_until

FROM_SOURCE = (sys.executable, "-m", "tests.stage.applets.program")
TARGET = "tests.stage.applets.target"
QT_TARGET = "tests.stage.applets.qt_target"
LESS_THAN_A_QUESTION = 60
"""Pixels by which the window always grows for a question, and never for anything else."""

LESS_THAN_THE_SESSION = 300
"""Pixels that the window is high with the page of the session at least, and with none before it."""

_LESS_THAN_JOINING = 200
"""Pixels that the window is high with the question whether to join, and with none before it."""

_LOOKS = 10
"""How often the window is looked at before a key is pressed again."""

_LESS_THAN_A_LINE = 10
"""Pixels by which a window's height may differ while it shows the same content."""


class Person:
    """A person at a virtual screen."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def do(self, *words: str) -> str:
        """Run xdotool with *words*; return its output."""
        return subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=WAIT_S,
        ).stdout

    def place(self) -> tuple[int, int]:
        """Return where the pointer is."""
        shown = dict(
            line.split("=") for line in self.do("getmouselocation", "--shell").splitlines()
        )
        return int(shown["X"]), int(shown["Y"])

    def height_of_applet(self) -> int:
        """Return how many pixels high the applet's window is."""
        # Wait for it: a single search fails if any part of a window disappears meanwhile.
        window = wait_for_window("^Rescue$", self.environment)
        shown = self.do("getwindowgeometry", "--shell", window).splitlines()
        return int(dict(line.split("=") for line in shown)["HEIGHT"])

    def look_at(self, title: str) -> None:
        """Give the window with that title the keyboard focus."""
        self.do("windowfocus", "--sync", wait_for_window(title, self.environment))

    def press_in_applet(self, *keys: str) -> None:
        """Give the applet's window the keyboard focus and press *keys*."""
        self.look_at("^Rescue$")
        self.do("key", *keys)

    def click_in_applet(self, left: int, top: int) -> None:
        """Click on a pixel of the applet's window."""
        window = wait_for_window("^Rescue$", self.environment)
        self.do("mousemove", "--sync", "--window", window, str(left), str(top), "click", "1")

    def join(self) -> None:
        """Press the button that joins, the one before that with the focus, once it is there."""
        # What the window shows before the question is less high.
        wait_until(lambda: self.height_of_applet() > _LESS_THAN_JOINING)
        asked = self.height_of_applet()
        self.press_in_applet("shift+Tab")

        def has_gone() -> bool:
            # On a busy machine the window may not be ready for the first one.
            self.do("key", "Return")
            heights = (self.height_of_applet() for _ in range(_LOOKS))
            return any(abs(height - asked) > _LESS_THAN_A_LINE for height in heights)

        wait_until(has_gone)

    def allow(self) -> None:
        """Move the focus from Don't allow back to Allow; press that until the question has gone."""
        self.press_in_applet("shift+Tab")
        highest = self.height_of_applet()

        def has_gone() -> bool:
            nonlocal highest
            # At first the button does not react.
            self.do("key", "Return")
            height = self.height_of_applet()
            highest = max(highest, height)
            return height <= highest - _LESS_THAN_A_LINE

        wait_until(has_gone)


@asynccontextmanager
async def running_applet(
    environment: dict[str, str], *words: str, program: Sequence[str] = FROM_SOURCE
) -> AsyncIterator[Process]:
    """Run the applet while the block runs; the person joins if the applet has an invitation."""
    process = await asyncio.create_subprocess_exec(
        *program, *words, env=environment, cwd=ROOT, start_new_session=True
    )
    try:
        await asyncio.to_thread(_come_in, environment, words)
        yield process
    finally:
        if process.returncode is None:
            # Not killed: the one-file program would leave its second process and its folder behind.
            process.terminate()
        await process.communicate()


@contextmanager
def started_applet(
    environment: Mapping[str, str],
    *words: str,
    program: Sequence[str] = FROM_SOURCE,
    folder: Path = ROOT,
) -> Iterator["subprocess.Popen[str]"]:
    """Run the applet while the block runs, for callers without a loop; its output can be read.

    The person joins if the applet has an invitation.
    """
    process = subprocess.Popen(
        [*program, *words], env=dict(environment), cwd=folder, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            _come_in(dict(environment), words)
            yield process
        finally:
            # Not killed, for the same reason.
            process.terminate()
            process.wait(WAIT_S)


def _come_in(environment: dict[str, str], words: Sequence[str]) -> None:
    wait_for_window("^Rescue$", environment)
    if "--key" in words:
        Person(environment).join()


class Target:
    """The program that receives the injected input."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.seen: list[str] = []

    async def line(self) -> str:
        """Return the next line that the program prints."""
        assert self._process.stdout is not None
        async with asyncio.timeout(WAIT_S):
            line = (await self._process.stdout.readline()).decode().strip()
        assert line, "the target has ended"
        self.seen.append(line)
        return line

    async def until(self, wanted: str) -> str:
        """Return the first line from now on that begins with *wanted*."""
        while not (line := await self.line()).startswith(wanted):
            continue
        return line


@asynccontextmanager
async def running_target(
    environment: dict[str, str], module: str = TARGET
) -> AsyncIterator[Target]:
    """Run a target while the block runs; the entry of the usual one has the keyboard focus."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        env=environment,
        cwd=ROOT,
        stdin=PIPE,
        stdout=PIPE,
    )
    target = Target(process)
    try:
        await target.until("ready")
        yield target
    finally:
        await process.communicate(b"end\n")
