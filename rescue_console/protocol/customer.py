"""What the customer's side and the server say to each other on ``/Customer/Live``.

One JSON object per message, tagged by ``kind``. The page sends ``PageOpen`` first: with code and
key when it shows a link that nobody has joined with yet; a browser that has joined is known by its
cookie, the applet by its ``token``. The server answers with ``CustomerState`` at once and at every
change.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.choices import DevicePlatform
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
    """The first message."""

    code: str = ""
    key: str = ""
    platform: DevicePlatform = DevicePlatform.AUTO
    token: str = ""
    session: Annotated[str, Meta(max_length=64)] = ""
    """Which session a browser that has joined shows: its cookie may be another one's by now."""
    chat_after: Annotated[int, Meta(ge=0, le=2**53)] = 0
    """Number of the last chat message seen; newer ones follow."""
    returned: bool = False
    """Whether the applet is back after the restart that it has asked the system for."""


class Answered(Struct, kw_only=True, frozen=True, tag_field="kind", tag="consent"):
    """The customer grants, denies or takes back one power."""

    power: Power
    granted: bool


class CustomerSays(Struct, kw_only=True, frozen=True, tag_field="kind", tag="chat"):
    """The customer writes; the same *key* again is kept once."""

    text: Annotated[str, Meta(min_length=1, max_length=CHAT_MAX)]
    key: Annotated[str, Meta(min_length=1, max_length=CHAT_KEY_MAX, pattern="^[^:]+$")]


class CustomerSignals(Struct, kw_only=True, frozen=True, tag_field="kind", tag="signal"):
    """Something passing for the technician's side."""

    signal: SignalKind
    body: Annotated[str, Meta(max_length=SIGNAL_MAX)] = ""


class Shows(Struct, kw_only=True, frozen=True, tag_field="kind", tag="showing"):
    """The picture is arriving, or a file is on its way; said again every SHOWING_EVERY_S."""


SHOWING_EVERY_S = 20
"""How often a page says that its picture or file goes on: the session is not idle meanwhile."""


class Leaves(Struct, kw_only=True, frozen=True, tag_field="kind", tag="leave"):
    """The customer ends the session."""


class StaysOn(Struct, kw_only=True, frozen=True, tag_field="kind", tag="stays_on"):
    """The restart that the technician asked for does not happen: the session goes on as it was."""

    problem: RestartProblem
    detail: Annotated[str, Meta(max_length=DETAIL_MAX)] = ""


FromCustomer = PageOpen | Answered | CustomerSays | CustomerSignals | Shows | Leaves | StaysOn


class CustomerState(Struct, kw_only=True, tag_field="kind", tag="state"):
    """What the customer is shown. ``title`` and ``text`` are in the page's language.

    Attributes:
        page: Whether a page of the session is open in a browser, as far as the server knows.
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
    """A chat message, by either side."""

    message: ChatMessage


class SignalShown(Struct, kw_only=True, tag_field="kind", tag="signal"):
    """Something passing from the technician's side."""

    signal: Signal


class Refused(Struct, kw_only=True, tag_field="kind", tag="refused"):
    """A message was not taken; ``key`` names the chat message, ``text`` says why."""

    text: str
    key: str = ""


ToCustomer = CustomerState | ChatShown | SignalShown | Refused


class JoinWithApplet(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """``POST /Customer/Applet``: the applet comes with a code and a key.

    The key is the one of a link that nobody has joined with, or one that was issued for the applet:
    its download carries such a one.
    """

    code: Annotated[str, Meta(max_length=20)]
    key: Annotated[str, Meta(max_length=40)]
    platform: DevicePlatform = DevicePlatform.AUTO


class AppletJoined(Struct, kw_only=True):
    """The applet is in; it is known by ``token`` from now on."""

    token: str
    session_id: str
    technician: str
    organization: str


class TypedPin(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """``POST /Customer/AppletPin``: a PIN as a person typed it into the applet."""

    pin: Annotated[str, Meta(max_length=64)]


class PageWanted(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """``POST /Customer/PageKey``: the applet known by *token* wants the page beside it."""

    token: Annotated[str, Meta(max_length=64)]


class AppletLink(Struct, kw_only=True):
    """The code and key that a PIN leads to, or with which the page is opened beside the applet."""

    code: str
    key: str
