"""What windows and dialogs ask of the server, without knowing how it is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rescue_console.desktop.program.jobs import Jobs

if TYPE_CHECKING:
    from rescue_console.client.api import RescueApi
    from rescue_console.protocol.answers import (
        ChatMessage,
        ChatPage,
        Colleagues,
        Email,
        IceServers,
        MailText,
        Session,
        SessionLog,
    )
    from rescue_console.protocol.powers import Power
    from rescue_console.protocol.requests import (
        CreateSession,
        PreviewMail,
        SendChat,
        SendSignal,
        SetAvailability,
        TakeSeat,
        TransferSession,
        WriteNotes,
    )


class Calls(Protocol):
    """The server's calls as coroutines.

    Each raises ``network.errors.ClientError``: ``Unreachable``, ``Refused``, ``SignedOut`` or
    ``Misunderstood``. *key* is an idempotency key: a call repeated with the same key does nothing
    twice.
    """

    async def create_session(self, request: CreateSession, key: str) -> Session:
        """Create a session."""
        ...

    async def send_email(self, session_id: str, to: str, key: str) -> Email:
        """Have the Rescue servers send the session's mail to one address."""
        ...

    async def preview_mail(self, request: PreviewMail) -> MailText:
        """Return the mail as it would be sent."""
        ...

    async def colleagues(self) -> Colleagues:
        """Return the colleagues and groups to whom sessions can be transferred."""
        ...

    async def set_availability(self, request: SetAvailability) -> None:
        """Set the technician away, so that colleagues transfer nothing to them, or online."""
        ...

    async def start(self, session_id: str) -> Session:
        """Start helping."""
        ...

    async def hold(self, session_id: str) -> Session:
        """Put an active session on hold."""
        ...

    async def close(self, session_id: str) -> Session:
        """End a session for good."""
        ...

    async def transfer(self, session_id: str, request: TransferSession) -> Session:
        """Transfer a session to a colleague or a group."""
        ...

    async def session_log(self, session_id: str, before: int | None = None) -> SessionLog:
        """Return what has happened in a session, lately or before the line with that number."""
        ...

    async def ask_power(self, session_id: str, power: Power) -> Session:
        """Ask the customer for a power."""
        ...

    async def drop_power(self, session_id: str, power: Power) -> Session:
        """Give a power up, or stop asking for it."""
        ...

    async def restart(self, session_id: str) -> Session:
        """Record that the customer's device is about to restart."""
        ...

    async def say(self, session_id: str, request: SendChat) -> ChatMessage:
        """Write to the customer; the same key sends nothing twice."""
        ...

    async def chat(self, session_id: str, after: int = 0, before: int | None = None) -> ChatPage:
        """Return a page of the chat messages numbered above *after*, oldest first.

        These are the first of them; with *before*, the last ones below it.
        """
        ...

    async def send_signal(self, session_id: str, request: SendSignal) -> None:
        """Send a signal to the customer's side."""
        ...

    async def take_seat(self, session_id: str, request: TakeSeat) -> Session:
        """Help from this console rather than from another one of the same technician."""
        ...

    async def ice_servers(self, session_id: str) -> IceServers:
        """Return the STUN and TURN servers for a session."""
        ...

    async def write_notes(self, session_id: str, request: WriteNotes) -> Session:
        """Replace the notes on a session."""
        ...


class ApiCalls:
    """``Calls`` over the HTTP API, each on a thread of the loop's pool."""

    def __init__(self, api: RescueApi) -> None:
        self._api = api

    async def create_session(self, request: CreateSession, key: str) -> Session:
        """Create a session."""
        return await Jobs.in_thread(self._api.create_session, request, key)

    async def send_email(self, session_id: str, to: str, key: str) -> Email:
        """Have the Rescue servers send the session's mail to one address."""
        return await Jobs.in_thread(self._api.send_email, session_id, to, key)

    async def preview_mail(self, request: PreviewMail) -> MailText:
        """Return the mail as it would be sent."""
        return await Jobs.in_thread(self._api.preview_mail, request)

    async def colleagues(self) -> Colleagues:
        """Return the colleagues and groups to whom sessions can be transferred."""
        return await Jobs.in_thread(self._api.colleagues)

    async def set_availability(self, request: SetAvailability) -> None:
        """Set the technician away, so that colleagues transfer nothing to them, or online."""
        await Jobs.in_thread(self._api.set_availability, request)

    async def start(self, session_id: str) -> Session:
        """Start helping."""
        return await Jobs.in_thread(self._api.start, session_id)

    async def hold(self, session_id: str) -> Session:
        """Put an active session on hold."""
        return await Jobs.in_thread(self._api.hold, session_id)

    async def close(self, session_id: str) -> Session:
        """End a session for good."""
        return await Jobs.in_thread(self._api.close_session, session_id)

    async def transfer(self, session_id: str, request: TransferSession) -> Session:
        """Transfer a session to a colleague or a group."""
        return await Jobs.in_thread(self._api.transfer, session_id, request)

    async def session_log(self, session_id: str, before: int | None = None) -> SessionLog:
        """Return what has happened in a session, lately or before the line with that number."""
        return await Jobs.in_thread(self._api.session_log, session_id, before)

    async def ask_power(self, session_id: str, power: Power) -> Session:
        """Ask the customer for a power."""
        return await Jobs.in_thread(self._api.ask_power, session_id, power)

    async def drop_power(self, session_id: str, power: Power) -> Session:
        """Give a power up, or stop asking for it."""
        return await Jobs.in_thread(self._api.drop_power, session_id, power)

    async def restart(self, session_id: str) -> Session:
        """Record that the customer's device is about to restart."""
        return await Jobs.in_thread(self._api.restart, session_id)

    async def say(self, session_id: str, request: SendChat) -> ChatMessage:
        """Write to the customer; the same key sends nothing twice."""
        return await Jobs.in_thread(self._api.say, session_id, request)

    async def chat(self, session_id: str, after: int = 0, before: int | None = None) -> ChatPage:
        """Return a page of the chat messages numbered above *after*, oldest first."""
        return await Jobs.in_thread(self._api.chat, session_id, after, before)

    async def send_signal(self, session_id: str, request: SendSignal) -> None:
        """Send a signal to the customer's side."""
        await Jobs.in_thread(self._api.send_signal, session_id, request)

    async def take_seat(self, session_id: str, request: TakeSeat) -> Session:
        """Help from this console rather than from another one of the same technician."""
        return await Jobs.in_thread(self._api.take_seat, session_id, request)

    async def ice_servers(self, session_id: str) -> IceServers:
        """Return the STUN and TURN servers for a session."""
        return await Jobs.in_thread(self._api.ice_servers, session_id)

    async def write_notes(self, session_id: str, request: WriteNotes) -> Session:
        """Replace the notes on a session."""
        return await Jobs.in_thread(self._api.write_notes, session_id, request)
