"""Routes for sessions, and for their mails."""

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, QueryParameter

from rescue_console.protocol.answers import (
    Email,
    EmailPage,
    MailText,
    Session,
    SessionLog,
    SessionPage,
)
from rescue_console.protocol.limits import PAGE_SIZE, PAGE_SIZE_MAX
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import (
    CreateSession,
    PreviewMail,
    SendEmail,
    TransferSession,
)
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.routes.access import SIGNED_IN
from rescue_console.server.routes.parameters import (
    After,
    Before,
    Id,
    IdempotencyKey,
    Limit,
    OptionalIdempotencyKey,
)
from rescue_console.server.routes.problem_answers import documented
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.post.outbox import Outbox
from rescue_console.server.rules.sessions.sessions import Sessions


@post(
    "/sessions",
    summary="Create a session",
    responses=documented(
        400, 401, 403, 413, 415, ProblemWord.KEY_REUSED, ProblemWord.CODES_EXHAUSTED
    ),
)
async def create_session(
    data: JSONBody[CreateSession],
    caller: NamedDependency[Caller],
    sessions: NamedDependency[Sessions],
    idempotency_key: OptionalIdempotencyKey = None,
) -> Session:
    """Create a session. With an Idempotency-Key, repeating the request returns the same session."""
    return await sessions.create(caller, data, idempotency_key)


@get("/sessions", summary="List sessions", responses=documented(400, 401))
async def list_sessions(
    caller: NamedDependency[Caller],
    sessions: NamedDependency[Sessions],
    status: Annotated[list[SessionStatus] | None, QueryParameter(max_items=20)] = None,
    after: After = None,
    limit: Limit = PAGE_SIZE,
) -> SessionPage:
    """List the sessions that the caller may see, newest first."""
    return await sessions.page(caller, status or [], after, limit)


@get("/sessions/{session_id:str}", summary="Read a session", responses=documented(400, 401, 404))
async def read_session(
    session_id: Id, caller: NamedDependency[Caller], sessions: NamedDependency[Sessions]
) -> Session:
    """Read one session, with the text of its mail."""
    return await sessions.read(caller, session_id)


@get(
    "/sessions/{session_id:str}/log",
    summary="Read a session's log",
    responses=documented(400, 401, 404),
)
async def read_session_log(
    session_id: Id,
    caller: NamedDependency[Caller],
    sessions: NamedDependency[Sessions],
    before: Before = None,
    limit: Limit = PAGE_SIZE_MAX,
) -> SessionLog:
    """Read what has happened in a session: the newest lines, or the last ones below ``before``."""
    return await sessions.log(caller, session_id, before, limit)


@post(
    "/sessions/{session_id:str}/start",
    status_code=200,
    summary="Start a session",
    responses=documented(
        400,
        401,
        404,
        403,
        ProblemWord.TAKEN_BY,
        ProblemWord.STATUS_CONFLICT,
        ProblemWord.TOO_MANY_ACTIVE,
    ),
)
async def start_session(
    session_id: Id, caller: NamedDependency[Caller], sessions: NamedDependency[Sessions]
) -> Session:
    """Make a session that is waiting, on hold or transferred active, helped by the caller."""
    return await sessions.start(caller, session_id)


@post(
    "/sessions/{session_id:str}/hold",
    status_code=200,
    summary="Put a session on hold",
    responses=documented(400, 401, 403, 404, ProblemWord.TAKEN_BY, ProblemWord.STATUS_CONFLICT),
)
async def hold_session(
    session_id: Id, caller: NamedDependency[Caller], sessions: NamedDependency[Sessions]
) -> Session:
    """Put an active session on hold."""
    return await sessions.hold(caller, session_id)


@post(
    "/sessions/{session_id:str}/close",
    status_code=200,
    summary="Close a session",
    responses=documented(400, 401, 404, ProblemWord.TAKEN_BY, ProblemWord.STATUS_CONFLICT),
)
async def close_session(
    session_id: Id, caller: NamedDependency[Caller], sessions: NamedDependency[Sessions]
) -> Session:
    """End a session."""
    return await sessions.close(caller, session_id)


@post(
    "/sessions/{session_id:str}/transfer",
    status_code=200,
    summary="Transfer a session",
    responses=documented(
        400,
        401,
        403,
        404,
        413,
        415,
        ProblemWord.TAKEN_BY,
        ProblemWord.STATUS_CONFLICT,
        ProblemWord.NOT_AVAILABLE,
    ),
)
async def transfer_session(
    session_id: Id,
    data: JSONBody[TransferSession],
    caller: NamedDependency[Caller],
    sessions: NamedDependency[Sessions],
) -> Session:
    """Offer a session to a colleague or to a group."""
    return await sessions.transfer(caller, session_id, data)


@post(
    "/sessions/{session_id:str}/emails",
    status_code=202,
    summary="Send a session's link by e-mail",
    responses=documented(
        400,
        401,
        403,
        404,
        413,
        415,
        ProblemWord.TAKEN_BY,
        ProblemWord.STATUS_CONFLICT,
        ProblemWord.MAIL_NOT_SET_UP,
        ProblemWord.KEY_REUSED,
        ProblemWord.TOO_MANY_MAILS,
    ),
)
async def send_email(
    session_id: Id,
    data: JSONBody[SendEmail],
    caller: NamedDependency[Caller],
    outbox: NamedDependency[Outbox],
    idempotency_key: IdempotencyKey,
) -> Email:
    """Queue an e-mail for delivery; repeating the same Idempotency-Key sends nothing more."""
    return await outbox.send(caller, session_id, data, idempotency_key)


@get(
    "/sessions/{session_id:str}/emails",
    summary="List a session's e-mails",
    responses=documented(400, 401, 404),
)
async def list_emails(
    session_id: Id, caller: NamedDependency[Caller], outbox: NamedDependency[Outbox]
) -> EmailPage:
    """List the e-mails of a session and what became of them."""
    return await outbox.list(caller, session_id)


@post(
    "/mail/preview",
    status_code=200,
    summary="Preview a session's e-mail",
    responses=documented(400, 401, 413, 415),
)
async def preview_mail(
    data: JSONBody[PreviewMail], caller: NamedDependency[Caller], outbox: NamedDependency[Outbox]
) -> MailText:
    """Show the mail as it would be sent, with its code and key hidden."""
    return await outbox.preview(caller, data)


def sessions_router(sessions: Sessions, outbox: Outbox) -> Router:
    """Return the router of this module's calls."""
    return Router(
        "/",
        route_handlers=[
            create_session,
            list_sessions,
            read_session,
            read_session_log,
            start_session,
            hold_session,
            close_session,
            transfer_session,
            send_email,
            list_emails,
            preview_mail,
        ],
        dependencies={
            "sessions": Provide(lambda: sessions, sync_to_thread=False),
            "outbox": Provide(lambda: outbox, sync_to_thread=False),
        },
        security=SIGNED_IN,
        tags=["Sessions"],
    )
