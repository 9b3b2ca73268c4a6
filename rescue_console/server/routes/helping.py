"""Routes for helping a customer: powers, restart, chat, signals, ICE servers, notes."""

from typing import Annotated

from litestar import Router, get, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, PathParameter, QueryParameter

from rescue_console.protocol.answers import ChatMessage, ChatPage, IceServers, Session
from rescue_console.protocol.powers import Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendChat, SendSignal, TakeSeat, WriteNotes
from rescue_console.server.clock import system_clock
from rescue_console.server.routes.access import SIGNED_IN
from rescue_console.server.routes.parameters import Before, Id, OptionalLimit
from rescue_console.server.routes.problem_answers import documented
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.helping.chat import Chat
from rescue_console.server.rules.helping.ice import IceSettings, servers_for_technician
from rescue_console.server.rules.helping.powers import Powers
from rescue_console.server.rules.helping.restarts import Restarts
from rescue_console.server.rules.helping.seats import Seats
from rescue_console.server.rules.helping.signals import Signals
from rescue_console.server.rules.sessions.notes import Notes
from rescue_console.server.rules.sessions.sessions import Sessions

AfterMessage = Annotated[
    int | None, QueryParameter(ge=0, le=2**53, description="``number`` of an earlier message.")
]
PowerName = Annotated[Power, PathParameter()]
_OWN = (ProblemWord.TAKEN_BY, ProblemWord.STATUS_CONFLICT)
_CHANGE = documented(400, 401, 403, 404, 413, 415, *_OWN)
_IN_SEAT = documented(400, 401, 403, 404, 413, 415, *_OWN, ProblemWord.HELPED_ELSEWHERE)


@post(
    "/sessions/{session_id:str}/powers/{power:str}/ask",
    status_code=200,
    summary="Ask the customer for a power",
    responses=documented(400, 401, 403, 404, *_OWN),
)
async def ask_power(
    session_id: Id,
    power: PowerName,
    caller: NamedDependency[Caller],
    powers: NamedDependency[Powers],
) -> Session:
    """Ask the customer for one power over their device."""
    return await powers.ask(caller, session_id, power)


@post(
    "/sessions/{session_id:str}/powers/{power:str}/drop",
    status_code=200,
    summary="Give a power up",
    responses=documented(400, 401, 404, *_OWN),
)
async def drop_power(
    session_id: Id,
    power: PowerName,
    caller: NamedDependency[Caller],
    powers: NamedDependency[Powers],
) -> Session:
    """Give one power up, or stop asking for it."""
    return await powers.drop(caller, session_id, power)


@post(
    "/sessions/{session_id:str}/reboot",
    status_code=200,
    summary="Restart the customer's device",
    responses=documented(400, 401, 403, 404, *_OWN),
)
async def restart_device(
    session_id: Id,
    caller: NamedDependency[Caller],
    restarts: NamedDependency[Restarts],
) -> Session:
    """Note that the customer's device is about to restart.

    The console then asks the applet to do it; the session is active again once the applet is back.
    """
    return await restarts.begin(caller, session_id)


@post(
    "/sessions/{session_id:str}/chat",
    summary="Write to the customer",
    responses=documented(400, 401, 403, 404, 413, 415, *_OWN, ProblemWord.CHAT_FULL),
)
async def send_chat(
    session_id: Id,
    data: JSONBody[SendChat],
    caller: NamedDependency[Caller],
    chat: NamedDependency[Chat],
) -> ChatMessage:
    """Write a chat message; repeating the same key sends nothing more."""
    return await chat.say(caller, session_id, data)


@get(
    "/sessions/{session_id:str}/chat",
    summary="Read the chat",
    responses=documented(400, 401, 404),
)
async def read_chat(
    session_id: Id,
    caller: NamedDependency[Caller],
    chat: NamedDependency[Chat],
    after: AfterMessage = None,
    before: Before = None,
    limit: OptionalLimit = None,
) -> ChatPage:
    """Read one page of a session's chat: the newest messages, or those around a message.

    With ``after`` and ``limit``, the next messages numbered above ``after``; with ``before``, the
    last ones below it; without either, or with ``after`` alone, the newest. A page has at most
    ``limit`` messages and about 256 kB of text; ``more`` tells whether others follow.
    """
    return await chat.read(caller, session_id, after, before, limit)


@post(
    "/sessions/{session_id:str}/signals",
    status_code=204,
    summary="Signal to the customer's side",
    responses=_IN_SEAT,
)
async def send_signal(
    session_id: Id,
    data: JSONBody[SendSignal],
    caller: NamedDependency[Caller],
    signals: NamedDependency[Signals],
) -> None:
    """Pass a signal, which nobody keeps, on to the customer's side."""
    await signals.send(caller, session_id, data)


@post(
    "/sessions/{session_id:str}/seat",
    status_code=200,
    summary="Help from this console",
    responses=_IN_SEAT,
)
async def take_seat(
    session_id: Id,
    data: JSONBody[TakeSeat],
    caller: NamedDependency[Caller],
    seats: NamedDependency[Seats],
) -> Session:
    """Take the session's seat: relay, picture and the page's files are for one console.

    It is refused with ``helped-elsewhere`` while another console has the seat, unless the request
    takes it over.
    """
    return await seats.take(caller, session_id, data)


@get(
    "/sessions/{session_id:str}/ice",
    summary="STUN and TURN servers",
    responses=documented(400, 401, 404),
)
async def read_ice_servers(
    session_id: Id,
    caller: NamedDependency[Caller],
    sessions: NamedDependency[Sessions],
    ice_settings: NamedDependency[IceSettings],
) -> IceServers:
    """Return the STUN and TURN servers that help to reach the customer's device.

    TURN servers, with credentials for a few minutes, are only given to whoever has the session,
    while it is active; ask again for each attempt to connect.
    """
    session = await sessions.read(caller, session_id)
    return servers_for_technician(ice_settings, caller, session, system_clock())


@put("/sessions/{session_id:str}/notes", summary="Write notes", responses=_CHANGE)
async def write_notes(
    session_id: Id,
    data: JSONBody[WriteNotes],
    caller: NamedDependency[Caller],
    notes: NamedDependency[Notes],
) -> Session:
    """Replace the notes on a session."""
    return await notes.write(caller, session_id, data)


def helping_router(
    powers: Powers,
    chat: Chat,
    signals: Signals,
    seats: Seats,
    notes: Notes,
    restarts: Restarts,
    ice_settings: IceSettings,
) -> Router:
    """Return the router of this module's calls; ``sessions`` is provided by the outer router."""
    return Router(
        "/",
        route_handlers=[
            ask_power,
            drop_power,
            restart_device,
            send_chat,
            read_chat,
            send_signal,
            take_seat,
            read_ice_servers,
            write_notes,
        ],
        dependencies={
            "powers": Provide(lambda: powers, sync_to_thread=False),
            "chat": Provide(lambda: chat, sync_to_thread=False),
            "signals": Provide(lambda: signals, sync_to_thread=False),
            "seats": Provide(lambda: seats, sync_to_thread=False),
            "notes": Provide(lambda: notes, sync_to_thread=False),
            "restarts": Provide(lambda: restarts, sync_to_thread=False),
            "ice_settings": Provide(lambda: ice_settings, sync_to_thread=False),
        },
        security=SIGNED_IN,
        tags=["Helping"],
    )
