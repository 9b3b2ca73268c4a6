"""The server's HTTP API, with one method for each call. All block: use them from a thread."""

import time
from types import NoneType
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from rescue_console.client.news_page import NewsPage
from rescue_console.client.tokens import Tokens
from rescue_console.client.transport import Transport
from rescue_console.network.errors import SignedOut, Unreachable, Why
from rescue_console.protocol.answers import (
    ChatMessage,
    ChatPage,
    Colleagues,
    Email,
    EmailPage,
    IceServers,
    MailText,
    Me,
    Session,
    SessionLog,
    SessionPage,
)
from rescue_console.protocol.limits import CHAT_PAGE_SIZE, PAGE_SIZE_MAX
from rescue_console.protocol.powers import Power
from rescue_console.protocol.requests import (
    CreateSession,
    PreviewMail,
    SendChat,
    SendEmail,
    SendSignal,
    SetAvailability,
    TakeSeat,
    TransferSession,
    WriteNotes,
)

T = TypeVar("T")

RETRY_PAUSES_S = (0.3, 1.5)
"""The pauses before each further attempt of a call that may be repeated, in seconds."""
_PERHAPS_ARRIVED = frozenset(
    {Why.LOST, Why.TIMED_OUT, Why.UNAVAILABLE, Why.CONNECTION_REFUSED, Why.PROXY_UNREACHABLE}
)


class RescueApi:
    """Calls to one server on behalf of one technician.

    Every method raises ``ClientError`` (``network/errors.py``). When the connection is lost during
    a call, the call is repeated if that does no harm: if it only reads, if a second time changes
    nothing more, or if it carries an idempotency key.
    """

    def __init__(self, transport: Transport, tokens: Tokens) -> None:
        self._transport = transport
        self._tokens = tokens

    def me(self) -> Me:
        """Return who is signed in and what they may do."""
        return self._repeat("GET", "/me", Me)

    def news(self, after: int | None, wait_s: int, computer: str = "") -> NewsPage:
        """Return the events after *after*, waiting *wait_s* seconds for one if there is none.

        Args:
            after: The number of the last event seen; ``None`` = only where events begin.
            wait_s: For how long the server may hold the request.
            computer: The name of this computer, told with the first request.
        """
        query = {"wait_s": str(wait_s)} | ({} if after is None else {"after": str(after)})
        if after is None and computer:
            query["computer"] = computer
        return self._once("GET", f"/events?{urlencode(query)}", NewsPage)

    def set_availability(self, request: SetAvailability) -> None:
        """Be away, or be back; the technician's consoles learn of it by ``me.changed``."""
        self._repeat("PUT", "/me/availability", NoneType, request)

    def colleagues(self) -> Colleagues:
        """Return the technicians and groups that sessions can be transferred to."""
        return self._repeat("GET", "/colleagues", Colleagues)

    def sessions(self, after: str | None = None, limit: int = PAGE_SIZE_MAX) -> SessionPage:
        """Return one page of the sessions that this technician may see, newest first."""
        query = {"limit": str(limit)} | ({"after": after} if after else {})
        return self._repeat("GET", f"/sessions?{urlencode(query)}", SessionPage)

    def session(self, session_id: str) -> Session:
        """Return one session, with its mail."""
        return self._repeat("GET", f"/sessions/{quote(session_id, safe='')}", Session)

    def session_log(self, session_id: str, before: int | None = None) -> SessionLog:
        """Return what has happened in a session, lately or before the line with that number."""
        query = "log" if before is None else f"log?before={before}"
        return self._repeat("GET", _path(session_id, query), SessionLog)

    def emails(self, session_id: str) -> EmailPage:
        """Return the e-mails that the Rescue servers send for a session."""
        return self._repeat("GET", _path(session_id, "emails"), EmailPage)

    def create_session(self, request: CreateSession, key: str) -> Session:
        """Create a session; repeating the same *key* returns the same session."""
        return self._repeat("POST", "/sessions", Session, request, key)

    def send_email(self, session_id: str, to: str, key: str) -> Email:
        """Queue the session's mail to *to*; repeating the same *key* sends nothing more."""
        return self._repeat("POST", _path(session_id, "emails"), Email, SendEmail(to=to), key)

    def preview_mail(self, request: PreviewMail) -> MailText:
        """Return the mail as it would be sent; changes nothing."""
        return self._repeat("POST", "/mail/preview", MailText, request)

    def start(self, session_id: str) -> Session:
        """Make a session active, helped by this technician."""
        return self._change(session_id, "start")

    def hold(self, session_id: str) -> Session:
        """Put an active session on hold."""
        return self._change(session_id, "hold")

    def close_session(self, session_id: str) -> Session:
        """End a session for good."""
        return self._change(session_id, "close")

    def transfer(self, session_id: str, request: TransferSession) -> Session:
        """Transfer a session to a colleague or a group."""
        return self._change(session_id, "transfer", request)

    def ask_power(self, session_id: str, power: Power) -> Session:
        """Ask the customer for a power; asking again for the same power changes nothing."""
        return self._repeat("POST", _path(session_id, f"powers/{power}/ask"), Session)

    def drop_power(self, session_id: str, power: Power) -> Session:
        """Give a power up, or stop asking for it."""
        return self._repeat("POST", _path(session_id, f"powers/{power}/drop"), Session)

    def restart(self, session_id: str) -> Session:
        """Note that the customer's device is about to restart; not repeated after a lost answer."""
        return self._change(session_id, "reboot")

    def say(self, session_id: str, request: SendChat) -> ChatMessage:
        """Write to the customer; repeating the same key sends nothing more."""
        return self._repeat("POST", _path(session_id, "chat"), ChatMessage, request)

    def chat(self, session_id: str, after: int = 0, before: int | None = None) -> ChatPage:
        """Return one page of a session's chat messages, oldest first.

        Args:
            session_id: Which session.
            after: Only messages numbered above it.
            before: If given, the last messages below it are returned instead of the first.
        """
        query = {"after": after, "limit": CHAT_PAGE_SIZE}
        if before is not None:
            query["before"] = before
        return self._repeat("GET", _path(session_id, f"chat?{urlencode(query)}"), ChatPage)

    def send_signal(self, session_id: str, request: SendSignal) -> None:
        """Send a signal to the customer's side; not repeated after a lost answer."""
        self._once("POST", _path(session_id, "signals"), NoneType, request)

    def take_seat(self, session_id: str, request: TakeSeat) -> Session:
        """Help from this console; asked politely, it is not repeated after a lost answer.

        By then the other console may be away for the same reason.
        """
        send = self._repeat if request.take_over else self._once
        return send("POST", _path(session_id, "seat"), Session, request)

    def ice_servers(self, session_id: str) -> IceServers:
        """Return the STUN and TURN servers that help to reach the customer's device."""
        return self._repeat("GET", _path(session_id, "ice"), IceServers)

    def write_notes(self, session_id: str, request: WriteNotes) -> Session:
        """Replace the notes on a session."""
        return self._repeat("PUT", _path(session_id, "notes"), Session, request)

    def _change(self, session_id: str, verb: str, body: msgspec.Struct | None = None) -> Session:
        return self._once("POST", _path(session_id, verb), Session, body)

    def _repeat(
        self,
        method: str,
        path: str,
        answer: type[T],
        body: msgspec.Struct | None = None,
        key: str = "",
    ) -> T:
        for pause_s in RETRY_PAUSES_S:
            try:
                return self._once(method, path, answer, body, key)
            except Unreachable as error:
                if error.why not in _PERHAPS_ARRIVED:
                    raise
            # Blocks only the calling thread, which is never the loop's: see the module's docstring.
            time.sleep(pause_s)
        return self._once(method, path, answer, body, key)

    def _once(
        self,
        method: str,
        path: str,
        answer: type[T],
        body: msgspec.Struct | None = None,
        key: str = "",
    ) -> T:
        """Send with a valid access token; if it is refused, send once more with another one."""
        headers = {"Idempotency-Key": key} if key else {}

        def send(token: str) -> T:
            return self._transport.send(
                method, path, answer, body=body, headers=headers, access_token=token
            )

        token = self._tokens.access_token()
        try:
            return send(token)
        except SignedOut:
            return send(self._tokens.replace(token))


def _path(session_id: str, rest: str) -> str:
    return f"/sessions/{quote(session_id, safe='')}/{rest}"
