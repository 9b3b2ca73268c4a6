"""The messages between the customer's side and the server on ``/Customer/Live``.

Each message is one JSON object, tagged by ``kind``. The page or the applet sends ``PageOpen``
first: with code and key when the page shows a link and its browser has not joined; a browser that
has joined is known by its cookie, the applet by its ``token``. The server answers with
``CustomerState`` at once, and again at every change.

Where a network lets no WebSocket through, a page reads the same messages with ``POST
/Customer/Poll``, which is held until there is news, and sends its own with ``POST /Customer/Say``.
The applet has no such way: what it does needs WebSockets.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from rescue_console.protocol.answers import ChatMessage, ChatPage
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.limits import CHAT_KEY_MAX, CHAT_MAX, SIGNAL_MAX
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.restart import DETAIL_MAX, RestartProblem
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus


class Side(StrEnum):
    """The two programs of a customer: each joins, and is connected, on its own."""

    PAGE = "page"
    APPLET = "applet"


class PageOpen(Struct, kw_only=True, frozen=True, tag_field="kind", tag="open"):
    """The first message from a page or the applet; says which session it belongs to."""

    code: str = ""
    key: str = ""
    platform: DevicePlatform = DevicePlatform.AUTO
    token: str = ""
    session: Annotated[str, Meta(max_length=64)] = ""
    """Id of the session that the page of a browser that has joined shows: the cookie may belong to
    another session by now. Empty = the session of the cookie."""
    chat_after: Annotated[int, Meta(ge=0, le=2**53)] = 0
    """Number of the last chat message seen; the server sends the newer ones."""
    chat_pages: bool = False
    """Whether the page reads the chat in pages (``ChatRead``), which those of version 0.1 do
    not: they get the newest messages one by one."""
    returned: bool = False
    """Whether the applet is back after a restart that it asked the system for."""


class Answered(Struct, kw_only=True, frozen=True, tag_field="kind", tag="consent"):
    """The customer grants, denies or takes back one power."""

    power: Power
    granted: bool
    hindrance: PowerHindrance | None = None
    """What is granted in its place: ``camera_only`` when the camera is shown, not the screen."""


class Hindered(Struct, kw_only=True, frozen=True, tag_field="kind", tag="hindered"):
    """The customer's page cannot give a power now; what was asked or granted stays so."""

    power: Power
    hindrance: PowerHindrance


class CustomerSays(Struct, kw_only=True, frozen=True, tag_field="kind", tag="chat"):
    """The customer writes a chat message; one repeated with the same *key* is kept once."""

    text: Annotated[str, Meta(min_length=1, max_length=CHAT_MAX)]
    key: Annotated[str, Meta(min_length=1, max_length=CHAT_KEY_MAX, pattern="^[^:]+$")]


class ReadsChat(Struct, kw_only=True, frozen=True, tag_field="kind", tag="read_chat"):
    """The page asks for the chat messages before one; without *before*, for the newest."""

    before: Annotated[int, Meta(ge=0, le=2**53)] | None = None


class CustomerSignals(Struct, kw_only=True, frozen=True, tag_field="kind", tag="signal"):
    """The customer's side sends the technician's side a signal."""

    signal: SignalKind
    body: Annotated[str, Meta(max_length=SIGNAL_MAX)] = ""


class Shows(Struct, kw_only=True, frozen=True, tag_field="kind", tag="showing"):
    """The picture or a file is being transferred; sent again every SHOWING_EVERY_S seconds."""


SHOWING_EVERY_S = 20
"""How often a page says that its picture or file is still being transferred, in seconds, so that
the session does not count as idle."""


class Leaves(Struct, kw_only=True, frozen=True, tag_field="kind", tag="leave"):
    """The customer ends the session."""


class StaysOn(Struct, kw_only=True, frozen=True, tag_field="kind", tag="stays_on"):
    """The restart that the technician asked for does not happen: the session goes on as before."""

    problem: RestartProblem
    detail: Annotated[str, Meta(max_length=DETAIL_MAX)] = ""


FromCustomer = (
    PageOpen
    | Answered
    | Hindered
    | CustomerSays
    | ReadsChat
    | CustomerSignals
    | Shows
    | Leaves
    | StaysOn
)


class CustomerState(Struct, kw_only=True, tag_field="kind", tag="state"):
    """What the customer is shown; ``title`` and ``text`` are in the page's language.

    Attributes:
        page: Whether a waiting room of the session is open in a browser, as far as the server
            knows.
    """

    status: SessionStatus
    over: bool
    title: str
    text: str
    technician: str = ""
    consents: dict[Power, Consent] = {}
    applet: bool = False
    page: bool = True


class ChatShown(Struct, kw_only=True, tag_field="kind", tag="chat"):
    """A chat message by either side."""

    message: ChatMessage


class ChatRead(Struct, kw_only=True, tag_field="kind", tag="chat_page"):
    """Messages that were said earlier.

    Attributes:
        before: The number that the page asked with; ``None`` when these are the newest messages.
    """

    page: ChatPage
    before: int | None = None


class SignalShown(Struct, kw_only=True, tag_field="kind", tag="signal"):
    """A signal from the technician's side."""

    signal: Signal


class Refused(Struct, kw_only=True, tag_field="kind", tag="refused"):
    """A message was refused; ``text`` says why, and ``key`` names the message if it was a chat.

    ``word`` is the stable word of the problem (``ProblemWord``), which the page has sentences for;
    empty when there is none.
    """

    text: str
    key: str = ""
    word: str = ""


ToCustomer = CustomerState | ChatShown | ChatRead | SignalShown | Refused


class Poll(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """``POST /Customer/Poll``: what ``PageOpen`` says, and how far the page has read.

    Attributes:
        after: The ``number`` of the answer before; ``None`` = this is the first request.
    """

    code: Annotated[str, Meta(max_length=20)] = ""
    key: Annotated[str, Meta(max_length=40)] = ""
    platform: DevicePlatform = DevicePlatform.AUTO
    session: Annotated[str, Meta(max_length=64)] = ""
    chat_after: Annotated[int, Meta(ge=0, le=2**53)] = 0
    chat_pages: bool = False
    after: Annotated[int, Meta(ge=0, le=2**53)] | None = None


class Polled(Struct, kw_only=True):
    """The messages that there are for a page, in order; at least its state, if nothing is new."""

    number: int
    messages: list[CustomerState | ChatShown | ChatRead | SignalShown]


class Heard(Struct, kw_only=True):
    """``POST /Customer/Say``: one message of the page has been handled.

    Attributes:
        answer: The chat that it asked for, or why it was refused; usually nothing.
    """

    answer: ChatRead | Refused | None = None


class JoinWithApplet(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """``POST /Customer/Applet``: the applet joins with a code and a key.

    The key is that of a link with which nobody has joined, or a pass that was issued for the
    applet, as its download carries it.
    """

    code: Annotated[str, Meta(max_length=20)]
    key: Annotated[str, Meta(max_length=40)]
    platform: DevicePlatform = DevicePlatform.AUTO


class AppletJoined(Struct, kw_only=True):
    """The applet has joined; ``token`` identifies it from now on."""

    token: str
    session_id: str
    technician: str
    organization: str


class TypedPin(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """``POST /Customer/AppletPin``: a PIN as a person typed it into the applet."""

    pin: Annotated[str, Meta(max_length=64)]


class PageWanted(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """``POST /Customer/PageKey``: the applet with *token* wants to bring in the page."""

    token: Annotated[str, Meta(max_length=64)]


class AppletLink(Struct, kw_only=True):
    """The code and key of the link that a PIN stands for, or of the page beside the applet."""

    code: str
    key: str
