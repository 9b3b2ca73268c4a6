"""What the window is told to show or do, and what it reports that the person wants.

The window runs in the main thread, the session in another. Orders are plain values; nothing but
these and the calls of ``Person`` passes between the threads.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rescue_console.protocol.powers import Power


@dataclass(frozen=True)
class AskServer:
    """Asks the person to type the server's address."""

    problem: str = ""


@dataclass(frozen=True)
class ConfirmServer:
    """Asks the person whether *host* is the right server."""

    host: str


@dataclass(frozen=True)
class AskJoin:
    """Asks the person whether to join the session, on the server *host*."""

    host: str


@dataclass(frozen=True)
class AskPin:
    """Asks the person to type the PIN."""

    problem: str = ""


@dataclass(frozen=True)
class Busy:
    """Says what the person is waiting for; with *retry*, they may try again."""

    text: str
    retry: bool = False


@dataclass(frozen=True)
class Helping:
    """Shows a session in progress.

    Attributes:
        stop_keys: The keys that stop everything; empty while nothing watches for them.
        no_control: Why the technician, who asked, was not offered mouse and keyboard.
    """

    organization: str
    technician: str
    title: str
    text: str
    granted: tuple[Power, ...] = ()
    asked: Power | None = None
    security_code: str = ""
    no_code: bool = False
    notice: str = ""
    betrayed: bool = False
    stop_keys: str = ""
    no_control: str = ""


@dataclass(frozen=True)
class Restarting:
    """The computer restarts in *seconds*; 0 = now, and the restart can no longer be cancelled."""

    technician: str
    seconds: int
    notice: str = ""


@dataclass(frozen=True)
class Ended:
    """The session is over."""

    title: str
    text: str


View = AskServer | ConfirmServer | AskJoin | AskPin | Busy | Helping | Restarting | Ended


class Person(Protocol):
    """Receives what the person wants; called in the window's thread, and returns at once."""

    def typed(self, text: str) -> None:
        """They have typed what was asked for; "yes", or "" for no, where nothing is typed."""

    def allow(self, power: Power, *, allowed: bool) -> None:
        """They answer what the technician asks for."""

    def take_back(self, power: Power) -> None:
        """They take one power back."""

    def stop(self) -> None:
        """They take everything back."""

    def share(self) -> None:
        """They want the page for sharing the screen."""

    def send_files(self, paths: Sequence[str]) -> None:
        """They have chosen files for the technician."""

    def restart_now(self) -> None:
        """They do not want to wait for the end of the countdown."""

    def cancel_restart(self) -> None:
        """They do not want the restart."""

    def end(self) -> None:
        """They end the session, or close the window before there is one."""


@dataclass(frozen=True)
class ReadClipboard:
    """The window reads the clipboard and, in its own thread, calls *done* with the text."""

    done: Callable[[str], None]


@dataclass(frozen=True)
class WriteClipboard:
    """The window puts *text* on the clipboard."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Quit:
    """The window closes and the program ends."""


Order = View | ReadClipboard | WriteClipboard | Quit
