"""The event stream between server and consoles: one JSON object per WebSocket message.

A console opens ``/api/v1/events`` and sends a ``Subscribe`` within 10 s. The server answers with
``Hello`` and then with every event numbered above ``after``. Numbers only grow: a console that
reconnects with the last number it has seen misses nothing. When the server no longer has all events
since that number, ``Hello.resumed`` is false, and the console must read the collections again.

Where a network lets no WebSocket through, ``GET /api/v1/events`` gives the same events, a page at a
time. A request that names no number, or one that cannot be resumed from, is answered at once, as
``Hello`` would be; the next one names the number of the page before, and is held until there is
news. The first one should tell the name of the console's computer, as ``Subscribe`` does.
"""

from datetime import datetime

from msgspec import Struct

from rescue_console.protocol.answers import ChatMessage, Email, Session
from rescue_console.protocol.signals import Signal


class Subscribe(Struct, kw_only=True, tag_field="kind", tag="subscribe", frozen=True):
    """The console's first message; sent again to hand over a renewed access token."""

    access_token: str
    after: int | None = None
    """Number of the last event seen; ``None`` = only events from now on."""
    computer: str = ""
    """The name of the console's computer, by which its technician recognizes it elsewhere."""


class Hello(Struct, kw_only=True, tag_field="kind", tag="hello"):
    """The stream is open.

    ``number`` is that of the last event so far; with ``resumed``, all missed events follow.
    """

    number: int
    resumed: bool
    server_time: datetime


class SessionChanged(Struct, kw_only=True, tag_field="kind", tag="session.changed"):
    """A session was created or changed; ``session`` is all of it as it is now."""

    number: int
    session: Session


class SessionRemoved(Struct, kw_only=True, tag_field="kind", tag="session.removed"):
    """A session that the console may no longer see."""

    number: int
    session_id: str


class EmailChanged(Struct, kw_only=True, tag_field="kind", tag="email.changed"):
    """An e-mail was queued, was sent or delayed, or has failed."""

    number: int
    email: Email


class ChatSaid(Struct, kw_only=True, tag_field="kind", tag="chat.said"):
    """Either side wrote a chat message."""

    number: int
    message: ChatMessage


class SignalSent(Struct, kw_only=True, tag_field="kind", tag="signal.sent"):
    """The customer's side sent the technician's side a signal."""

    number: int
    session_id: str
    signal: Signal


class MeChanged(Struct, kw_only=True, tag_field="kind", tag="me.changed"):
    """The technician's permissions, settings or group may have changed: read ``/me`` again."""

    number: int


News = SessionChanged | SessionRemoved | EmailChanged | MeChanged | ChatSaid | SignalSent
Event = Hello | News


class EventPage(Struct, kw_only=True):
    """The events after a number, read by plain HTTP.

    ``number`` is what the next request names; with ``resumed``, no event before ``items`` is
    missing.
    """

    number: int
    resumed: bool
    server_time: datetime
    items: list[News] = []


HELD_S = 20
"""How long a request for news is held at most, in seconds: proxies wait for half a minute or more.
"""

CLOSE_TOKEN_REFUSED = 4401
"""WebSocket close code: the access token is unknown, expired or revoked; renew it."""
CLOSE_TOO_SLOW = 4408
"""WebSocket close code: the reader fell too far behind; connect again and resume."""
CLOSE_TOO_MANY = 4429
"""This sign-in has as many event streams open as it may. Consoles come back after a pause."""
CLOSE_TAKEN_OVER = 4409
"""WebSocket close code: another console of the same technician has the session's seat; do not
connect again until this one has it."""
CLOSE_MALFORMED = 4400
"""WebSocket close code: a message was malformed, or the first one did not come in time."""
CLOSE_GOING_AWAY = 1001
"""WebSocket close code: the server is stopping; connect again. From a console: it goes on by
another connection. Source: RFC 6455 section 7.4.1."""
