"""What the join page and the server say to each other on ``/Customer/Live``.

The page sends ``PageOpen`` when it shows a link that nobody has joined with yet; a browser that
has joined is known by its cookie and sends ``PageOpen`` with empty fields. The server answers with
``CustomerState`` at once and at every change.
"""

from msgspec import Struct

from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.statuses import SessionStatus


class PageOpen(Struct, kw_only=True, frozen=True):
    """The page's only message."""

    code: str = ""
    key: str = ""
    platform: DevicePlatform = DevicePlatform.AUTO


class CustomerState(Struct, kw_only=True):
    """What the customer is shown. ``title`` and ``text`` are in the page's language."""

    status: SessionStatus
    over: bool
    title: str
    text: str
    technician: str = ""
