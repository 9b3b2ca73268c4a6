"""The event stream by plain HTTP; ``protocol/events.py`` describes its answers."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any, cast

import msgspec
from litestar import Request, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from rescue_console.protocol.events import HELD_S, EventPage, News
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.clock import Clock
from rescue_console.server.events.log import SIGNAL_TO_CUSTOMER, LoggedEvent
from rescue_console.server.events.stream import EventStream
from rescue_console.server.logs import HELD
from rescue_console.server.refusals import refuse
from rescue_console.server.routes.access import SIGNED_IN
from rescue_console.server.routes.held import as_many_as_fit, wait_for_news
from rescue_console.server.routes.problem_answers import documented
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.computers import note_computer
from rescue_console.server.rules.clockwork.attendance import Attendance
from rescue_console.server.storage.database import Database

_ME_CHANGED = "me.changed"


def may_know(caller: Caller, event: LoggedEvent) -> bool:
    """Tell whether a technician may know of *event*."""
    if event.kind == SIGNAL_TO_CUSTOMER:
        return False
    if caller.technician_id in event.technician_ids:
        return True
    if event.kind == _ME_CHANGED:
        return event.group_id in caller.path
    return event.group_id in caller.visible_groups


@get("/events", opt={HELD: True}, summary="Read the news", responses=documented(400, 401, 429))
async def read_events(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    stream: NamedDependency[EventStream],
    attendance: NamedDependency[Attendance],
    database: NamedDependency[Database],
    clock: NamedDependency[Clock],
    after: Annotated[int | None, QueryParameter(ge=0, le=2**53)] = None,
    wait_s: Annotated[int, QueryParameter(ge=0, le=HELD_S)] = 0,
    computer: Annotated[
        str,
        QueryParameter(
            description="The name of the console's computer, by which its technician recognizes it "
            "elsewhere; read from requests without ``after``."
        ),
    ] = "",
) -> EventPage:
    """Read the events numbered above ``after``, for where the WebSocket at this address is blocked.

    With ``wait_s``, the answer waits for an event for at most that many seconds. Ask again, after
    the answer's ``number``, at once. Where ``resumed`` is false, events may have been missed: read
    the collections again.
    """
    if not attendance.has_room(caller.sign_in_id):
        raise refuse(
            ProblemWord.TOO_MANY_ATTEMPTS, "This sign-in reads the news too many times at once."
        )
    wants = partial(may_know, caller)
    with attendance.console(caller.technician_id, caller.sign_in_id, asks_again=True):
        if computer and after is None:
            await note_computer(database, caller.sign_in_id, computer)
        async with stream.subscribe(wants) as subscription:
            number, resumed = await stream.position(after)
            if after is None or not resumed:
                return EventPage(number=number, resumed=False, server_time=clock())
            now_at = number
            number, found = await stream.catch_up(after, now_at, wants)
            if not found and number >= now_at:
                found = await wait_for_news(request.receive, subscription, number, wait_s)
            found = as_many_as_fit(_before_another_sight(found))
            return EventPage(
                number=found[-1].number if found else number,
                resumed=True,
                server_time=clock(),
                items=_as_kept(found),
            )


def _before_another_sight(found: list[LoggedEvent]) -> list[LoggedEvent]:
    """Return the events up to the first after which the technician may see more, or less."""
    for place, event in enumerate(found, start=1):
        if event.kind == _ME_CHANGED:
            return found[:place]
    return found


def _as_kept(found: Iterable[LoggedEvent]) -> list[News]:
    """Return the events as they were written, without decoding them."""
    return cast("list[News]", [msgspec.Raw(event.message) for event in found])


def event_pages_router(stream: EventStream, attendance: Attendance, database: Database) -> Router:
    """Return the router of this module's call; ``clock`` is provided by the outer router."""
    return Router(
        "/",
        route_handlers=[read_events],
        dependencies={
            "stream": Provide(lambda: stream, sync_to_thread=False),
            "attendance": Provide(lambda: attendance, sync_to_thread=False),
            "database": Provide(lambda: database, sync_to_thread=False),
        },
        security=SIGNED_IN,
        tags=["Events"],
    )
