"""Where a session stands: plain values, from which its view is made and from nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from rescue_console.applet.window.shown_text import NAME_MAX, shown
from rescue_console.protocol.customer import CustomerState
from rescue_console.protocol.powers import Power


@dataclass(frozen=True)
class Situation:
    """What the applet knows of its session at one moment.

    Attributes:
        joined_technician: The name of the technician who had the session when the applet joined.
        state: What the server said last; None before its first word.
        lost: Whether the connection to the server is down.
        blocked: Whether that is because no WebSocket gets through.
        stopped: Whether the customer has stopped everything and answered nothing since.
        question: The power that the customer is being asked for; one at a time.
        picture_goes_on: Whether the picture was taken back, but the server does not know yet.
        security_code: The code of that channel; empty if the console cannot agree on one.
        connected: Whether there is a channel to the console.
        betrayed: Whether somebody else's certificate was shown instead of the technician's.
        stop_keys: The keys that stop everything; empty while nothing watches for them.
        no_control: Why the technician, who asked, was not offered mouse and keyboard.
        seconds: Seconds until the restart; 0 = it is under way; None = there is none.
        sharing: What the customer should know about the page for sharing the screen.
        news: What happened last.
    """

    organization: str
    joined_technician: str
    state: CustomerState | None = None
    lost: bool = False
    blocked: bool = False
    stopped: bool = False
    question: Power | None = None
    granted: tuple[Power, ...] = ()
    picture_goes_on: bool = False
    security_code: str = ""
    connected: bool = False
    betrayed: bool = False
    stop_keys: str = ""
    no_control: str = ""
    seconds: int | None = None
    sharing: str = ""
    news: str = ""

    @property
    def technician(self) -> str:
        """The helping technician's name, as the window shows it."""
        name = self.state.technician if self.state is not None else ""
        return shown(name or self.joined_technician, NAME_MAX)


def next_question(question: Power | None, asked: Sequence[Power]) -> Power | None:
    """Return which power of *asked* to put to the customer now, after *question* before.

    A question stays until it is answered: otherwise another could replace it under the pointer.
    """
    if question in asked:
        return question
    return asked[0] if asked else None
