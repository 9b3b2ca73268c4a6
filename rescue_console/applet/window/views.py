"""What the window is told to show, and what it is told that the person wants: plain values.

The window runs in the main thread, the session in another; nothing else passes between them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rescue_console.protocol.powers import Power


@dataclass(frozen=True)
class AskServer:
    """The person types the server's address."""

    problem: str = ""


@dataclass(frozen=True)
class ConfirmServer:
    """The person says whether *host* is the right server."""

    host: str


@dataclass(frozen=True)
class AskJoin:
    """The person says that they want to join a session of the server *host*."""

    host: str


@dataclass(frozen=True)
class AskPin:
    """The person types the PIN."""

    problem: str = ""


@dataclass(frozen=True)
class Busy:
    """Nothing to do but wait; with *retry* the person may try again."""

    text: str
    retry: bool = False


@dataclass(frozen=True)
class Helping:
    """The session goes on.

    Attributes:
        stop_keys: The keys that stop everything; empty while they are not watched for.
        no_control: Why mouse and keyboard were not offered to the technician, who asked for them.
    """

    organization: str
    technician: str
    title: str
    text: str
    granted: tuple[Power, ...] = ()
    asked: Power | None = None
    security_code: str = ""
    notice: str = ""
    betrayed: bool = False
    stop_keys: str = ""
    no_control: str = ""


@dataclass(frozen=True)
class Restarting:
    """The computer restarts in *seconds*; 0 = now, and nothing can be done about it any more."""

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
    """What the person at the window can want. Called in the window's thread; returns at once."""

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
    """The window reads the clipboard and calls *done* with its text, in its own thread."""

    done: Callable[[str], None]


@dataclass(frozen=True)
class WriteClipboard:
    """The window puts *text* on the clipboard."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Quit:
    """The window closes and the program ends."""


Order = View | ReadClipboard | WriteClipboard | Quit
