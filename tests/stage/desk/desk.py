"""The technician's place: the desktop app as a process, with somebody who looks, clicks and types.

``Desk`` starts ``tests.stage.desk.driver``, which is the real app with a thread that receives
orders.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.stage.checkout import ROOT

STATUS_COLUMN = 1
WAIT_S = 60.0
"""How long anything may take on a busy machine before it counts as broken."""


SIGNS_OF_TROUBLE = (
    "Traceback",
    " ERROR ",
    " CRITICAL ",
    "Fatal",
    "QObject",
    "QWidget",
    "never awaited",
)

T = TypeVar("T")


@dataclass(frozen=True)
class Screen:
    """What was on the technician's screen at one moment."""

    windows: Sequence[Mapping[str, Any]]

    @property
    def titles(self) -> list[str]:
        """The titles of the windows, front to back."""
        return [window["title"] for window in self.windows]

    @property
    def texts(self) -> list[str]:
        """Every text outside buttons, fields and tables."""
        return [text for window in self.windows for text in window["texts"]]

    @property
    def tabs(self) -> list[str]:
        """The labels of all tabs."""
        return [tab for window in self.windows for tab in window["tabs"]]

    def says(self, part: str) -> bool:
        """Tell whether *part* occurs in a text on the screen."""
        return any(part in text for text in self.texts)

    def buttons(self, text: str) -> list[Mapping[str, Any]]:
        """Return the buttons, boxes and tools called *text*, the front window's first."""
        buttons = (button for window in self.windows for button in window["buttons"])
        return [button for button in buttons if button["text"] == text]

    def can_press(self, text: str) -> bool:
        """Tell whether a button called *text* is there and enabled."""
        return any(button["enabled"] for button in self.buttons(text))

    def tip(self, text: str) -> str:
        """Return the tool tip of the disabled button called *text*; empty if there is none."""
        tips = [button["tip"] for button in self.buttons(text) if not button["enabled"]]
        return str([*tips, ""][0])

    def field(self, label: str) -> str | None:
        """Return the content of the field called *label*; None if no such field is visible."""
        fields = (field for window in self.windows for field in window["fields"])
        return next((str(field["text"]) for field in fields if label in field["labels"]), None)

    def row(self, name: str) -> list[str]:
        """Return the row of any table that begins with *name*; empty if there is none."""
        tables = (table for window in self.windows for table in window["tables"])
        rows = (row for table in tables for row in table["rows"])
        return next(([*row] for row in rows if row[0] == name), [])

    def session(self, name: str) -> dict[str, str]:
        """Return the row of the session list for *name*, by column; empty if there is none."""
        for table in (table for window in self.windows for table in window["tables"]):
            for row in table["rows"]:
                if row[0] == name:
                    return dict(zip(table["columns"], row, strict=True))
        return {}

    def status(self, name: str) -> str:
        """Return the status of *name* in the session list; empty if it is not listed."""
        return [*self.session(name).values(), "", ""][STATUS_COLUMN]


class Desk:
    """A running desktop app; use it as a context manager.

    Args:
        environment: All variables of its process.
        options: Words of the command line.
    """

    def __init__(self, environment: Mapping[str, str], *options: str) -> None:
        self._home = Path(environment["HOME"])
        self._words = self._home / "words.txt"
        command = [
            sys.executable,
            "-X",
            "faulthandler",
            "-m",
            "tests.stage.desk.driver",
            *options,
        ]
        with self._words.open("ab") as words:
            self._process = subprocess.Popen(
                command,
                env=dict(environment),
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                text=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill() if kind is not None else self._process.terminate()
        self._process.wait(WAIT_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    @property
    def pid(self) -> int:
        """The number of the app's process."""
        return self._process.pid

    # What the person does

    def click(self, name: str) -> None:
        """Click on the button, tab, menu entry or cell called *name*, once that is possible."""
        self._do("click", name)

    def fill(self, name: str, text: str) -> None:
        """Type *text* into the field called *name*, replacing its content."""
        self._do("fill", name, text)

    def choose(self, name: str, entry: str) -> None:
        """Choose *entry* in the drop-down list called *name*."""
        self._do("choose", name, entry)

    def press(self, keys: str, title: str = "") -> None:
        """Press a key or a shortcut in the front window with *title* in its title."""
        self._do("press", keys, title)

    def resize(self, width: int, height: int, title: str = "") -> None:
        """Make the front window with *title* in its title that large, in pixels."""
        self._do("resize", width, height, title)

    def take_picture(self, path: Path, title: str = "") -> None:
        """Write a picture of the front window with *title* in its title."""
        self._do("take_picture", str(path.absolute()), title)

    # Where a real mouse must go

    def where(self, name: str) -> tuple[int, int]:
        """Return the pixel of the screen to click on for *name*, once that is visible."""
        left, top = self._do("where", name)
        return left, top

    def picture_place(self, name: str) -> tuple[int, int, int, int]:
        """Return left, top, width and height of the picture called *name* on the screen."""
        left, top, width, height = self._do("picture_place", name)
        return left, top, width, height

    # What the person sees

    def see(self, what: Callable[[Screen], object]) -> Screen:
        """Look until *what* is true of the screen; return that screen.

        Raises:
            AssertionError: it did not become true; the message says what was seen instead.
        """
        until = time.monotonic() + WAIT_S
        screen = Screen([])
        while (left_s := until - time.monotonic()) > 0:
            answer = self._ask({"do": "look", "within_s": left_s})
            screen = Screen(answer["windows"])
            if what(screen):
                return screen
        raise AssertionError(f"this was seen instead:\n{_in_lines(screen)}")

    def see_text(self, part: str) -> Screen:
        """Look until *part* occurs in a text on the screen."""
        return self.see(lambda screen: screen.says(part))

    def see_window(self, title: str) -> Screen:
        """Look until there is a window with that title."""
        return self.see(lambda screen: title in screen.titles)

    def see_gone(self, title: str) -> Screen:
        """Look until there is no longer a window with that title."""
        return self.see(lambda screen: title not in screen.titles)

    def see_status(self, name: str, status: str) -> Screen:
        """Look until the session list shows *status* for *name*."""
        return self.see(lambda screen: screen.status(name).startswith(status))

    def wait_for(self, what: Callable[[], T]) -> T:
        """Call *what* until it returns something true; for effects outside the app's windows."""
        until = time.monotonic() + WAIT_S
        while not (found := what()):
            assert time.monotonic() < until, f"{what} returned nothing in time; {self.words()}"
            # This also makes a pause before the next try.
            self._ask({"do": "look", "within_s": 0.1})
        return found

    # How it ends

    def end(self) -> int:
        """Wait until the app has ended by itself; return its exit code."""
        return self._process.wait(WAIT_S)

    def kill(self) -> None:
        """Kill the app, as if it crashed."""
        self._process.kill()
        self._process.wait(WAIT_S)

    def words(self) -> str:
        """Return what the app wrote to standard error."""
        return self._words.read_text("utf-8", errors="replace")

    def complaints(self) -> list[str]:
        """Return the app's complaints: faults, Qt warnings and errors in its log."""
        logs = self._home.rglob("*.log")
        lines = [*self.words().splitlines(), *(line for log in logs for line in _lines(log))]
        return [line for line in lines if any(sign in line for sign in SIGNS_OF_TROUBLE)]

    def _do(self, what: str, *arguments: object) -> Any:
        answer = self._ask({"do": what, "with": arguments, "within_s": WAIT_S})
        if "failed" in answer:
            seen = _in_lines(Screen(answer["windows"]))
            raise AssertionError(f"{answer['failed']}; this was seen:\n{seen}")
        return answer["told"]

    def _ask(self, order: dict[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise AssertionError(f"the app has ended:\n{self.words()}")
        found: dict[str, Any] = json.loads(answer)
        return found


def _lines(log: Path) -> list[str]:
    return log.read_text("utf-8", errors="replace").splitlines()


def _in_lines(screen: Screen) -> str:
    return json.dumps(screen.windows, ensure_ascii=False, indent=1)
