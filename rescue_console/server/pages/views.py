"""What the templates receive: plain text that is ready to show; they only escape and place it."""

from msgspec import Struct

from rescue_console.protocol.choices import DevicePlatform, Language
from rescue_console.protocol.statuses import SessionStatus


class LanguageChoice(Struct, frozen=True):
    """One entry of the language switch."""

    language: Language
    name: str
    link: str


class PageFrame(Struct, frozen=True):
    """What surrounds the contents of every page.

    Attributes:
        assets: Path of styles and scripts, without a slash at its end.
    """

    language: Language
    languages: list[LanguageChoice]
    organization: str
    assets: str


class PinView(Struct, frozen=True):
    """The page on which a PIN is typed: what was typed before, and why it was refused."""

    typed: str = ""
    error: str = ""


class Step(Struct, frozen=True):
    """One thing that will happen; *touch* replaces *words* when a Mac turns out to be an iPad."""

    words: str
    touch: str = ""


class AppletOffer(Struct, frozen=True):
    """The applet for the customer's device: where to download it, and how to run it.

    Attributes:
        address: With the invitation in its query, for a link.
        file: Without it, for a form that sends the invitation.
    """

    address: str
    file: str
    how: str


class InvitationView(Struct, frozen=True):
    """The join page; *platform* is what the server detected, and the page sends it back.

    Attributes:
        cookies_missing: Whether the browser has just shown that it takes no cookies.
    """

    code: str
    key: str
    technician: str
    initial: str
    name: str
    steps: list[Step]
    platform: DevicePlatform
    applet: AppletOffer | None = None
    cookies_missing: bool = False


class RoomView(Struct, frozen=True):
    """The waiting room.

    Attributes:
        asking: Whether the page asks if the customer wants to leave (for browsers without scripts).
        form_token: The token in the leave form.
        applet: ``None`` if the server has no applet for this device.
        applet_here: Whether the applet is running and connected.
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
    """A page that says why something is not possible, and what to do next.

    Attributes:
        probe: The link, which a script fetches again to find out whether this browser is the one
            that joined; empty = none.
    """

    title: str
    text: str
    probe: str = ""
