"""Where a session stands: plain values, from which alone its view is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from rescue_console.applet.window.shown_text import NAME_MAX, shown
from rescue_console.protocol.customer import CustomerState
from rescue_console.protocol.powers import Power


@dataclass(frozen=True)
class Situation:
    """What the applet knows of its session at one moment.

    Attributes:
        joined_technician: Whose session it was when the applet joined.
        told: What the server has said last, None before its first word.
        lost: Whether the connection to the server is down.
        stopped: Whether the customer has stopped everything and answered nothing since.
        question: The power that the customer is asked for, one at a time.
        picture_goes_on: Whether the server has not heard yet that the picture was taken back.
        connected: Whether there is a channel to the console.
        betrayed: Whether somebody else's certificate was shown instead of the technician's.
        stop_keys: The keys that stop everything; empty while they are not watched for.
        no_control: Why mouse and keyboard were not offered to the technician, who asked for them.
        seconds: Until the computer restarts; 0 = it is under way; None = it does not.
        sharing: What the customer should know of the page for sharing the screen.
        news: What has happened last.
    """

    organization: str
    joined_technician: str
    told: CustomerState | None = None
    lost: bool = False
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
        """The name of whoever helps, as it is shown."""
        told = self.told.technician if self.told is not None else ""
        return shown(told or self.joined_technician, NAME_MAX)


def next_question(question: Power | None, asked: Sequence[Power]) -> Power | None:
    """Return which of *asked* is the customer's question when it was *question* before.

    It stays until it is answered: another one would take its place under the pointer.
    """
    if question in asked:
        return question
    return asked[0] if asked else None
