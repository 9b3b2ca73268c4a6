"""What the templates are given: plain text, decided on before; templates only escape and place."""

from msgspec import Struct

from rescue_console.protocol.choices import DevicePlatform, Language
from rescue_console.protocol.statuses import SessionStatus


class LanguageChoice(Struct, frozen=True):
    """One entry of the language switch."""

    language: Language
    name: str
    link: str


class PageFrame(Struct, frozen=True):
    """What stands around every page.

    Attributes:
        assets: Where styles and scripts are found, without a slash at the end.
    """

    language: Language
    languages: list[LanguageChoice]
    organization: str
    assets: str


class PinView(Struct, frozen=True):
    """The PIN entry page: what was typed, and why it was refused."""

    typed: str = ""
    error: str = ""


class Step(Struct, frozen=True):
    """One thing that will happen; *touch* replaces *words* when a Mac turns out to be an iPad."""

    words: str
    touch: str = ""


class AppletOffer(Struct, frozen=True):
    """The applet for the customer's device: where it is fetched, and how it is run.

    Attributes:
        file: The address alone, which a form with the invitation is sent to.
    """

    address: str
    file: str
    how: str


class InvitationView(Struct, frozen=True):
    """The join page; *platform* is the detected one, which the page tells the server."""

    code: str
    key: str
    technician: str
    initial: str
    name: str
    steps: list[Step]
    platform: DevicePlatform
    applet: AppletOffer | None = None


class RoomView(Struct, frozen=True):
    """The waiting room.

    Attributes:
        asking: Whether the page asks if the customer wants to leave (for browsers without scripts).
        form_token: What the leave form carries.
        applet: None where the server has none for this device.
        applet_here: Whether it is running and connected.
    """

    session_id: str
    status: SessionStatus
    over: bool
    title: str
    text: str
    technician: str
    initial: str
    form_token: str
    asking: bool = False
    applet: AppletOffer | None = None
    applet_here: bool = False


class NoticeView(Struct, frozen=True):
    """A page that says why something cannot be, and what to do next.

    Attributes:
        probe: The link with which the browser that joined finds its session again; empty = none.
    """

    title: str
    text: str
    probe: str = ""
