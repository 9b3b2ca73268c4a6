"""Routes for signing in, and for the signed-in technician's own account."""

from typing import Any

from litestar import Request, Router, get, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody
from msgspec import UNSET

from rescue_console import __version__
from rescue_console.protocol.answers import Colleagues, GroupRef, Me, ServerState, TokenPair
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import (
    ChangePassword,
    Refresh,
    SetAvailability,
    SignIn,
    SignOut,
)
from rescue_console.server.clock import Clock
from rescue_console.server.mail.languages import native_names
from rescue_console.server.routes.access import PUBLIC, SIGNED_IN, client_address
from rescue_console.server.routes.problem_answers import documented
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.sign_in import SignIns
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.organization.organization import OrganizationProfile
from rescue_console.server.rules.organization.technicians import Technicians
from rescue_console.server.rules.sessions.mail_text import NOT_SET_UP, SessionMail


@post(
    "/auth/token",
    opt={PUBLIC: True},
    status_code=200,
    summary="Sign in",
    responses=documented(400, ProblemWord.WRONG_CREDENTIALS, 413, 415, 429),
)
async def sign_in(
    request: Request[Any, Any, Any], data: JSONBody[SignIn], sign_ins: NamedDependency[SignIns]
) -> TokenPair:
    """Exchange e-mail address and password for tokens."""
    device = "" if data.device is UNSET else data.device
    return await sign_ins.sign_in(data.email, data.password, client_address(request), device)


@post(
    "/auth/refresh",
    opt={PUBLIC: True},
    status_code=200,
    summary="Renew a sign-in",
    responses=documented(400, 401, 413, 415),
)
async def refresh_tokens(
    request: Request[Any, Any, Any], data: JSONBody[Refresh], sign_ins: NamedDependency[SignIns]
) -> TokenPair:
    """Exchange a refresh token for new tokens; the old refresh token cannot be used again."""
    return await sign_ins.refresh(data.refresh_token, client_address(request))


@post(
    "/auth/sign-out",
    opt={PUBLIC: True},
    status_code=204,
    summary="Sign out",
    responses=documented(400, 413, 415),
)
async def sign_out(data: JSONBody[SignOut], sign_ins: NamedDependency[SignIns]) -> None:
    """End the sign-in that the refresh token belongs to."""
    await sign_ins.sign_out(data.refresh_token)


@post(
    "/auth/password",
    status_code=204,
    summary="Change one's own password",
    responses=documented(400, 401, ProblemWord.WRONG_CREDENTIALS, 413, 415, 429),
)
async def change_password(
    request: Request[Any, Any, Any],
    data: JSONBody[ChangePassword],
    caller: NamedDependency[Caller],
    sign_ins: NamedDependency[SignIns],
) -> None:
    """Change the caller's own password; their other sign-ins end."""
    await sign_ins.change_password(
        caller, data.current_password, data.new_password, client_address(request)
    )


@get("/me", summary="Who is signed in", responses=documented(401))
async def read_me(
    caller: NamedDependency[Caller],
    organization: NamedDependency[OrganizationProfile],
    mail: NamedDependency[SessionMail],
    clock: NamedDependency[Clock],
    public_url: NamedDependency[str],
    applets: NamedDependency[Applets],
) -> Me:
    """Return who is signed in, what they may do, and what the server can do."""
    return Me(
        id=caller.technician_id,
        email=caller.email,
        name=caller.name,
        administrator=caller.administrator,
        group=GroupRef(id=caller.group_id, name=caller.group_name),
        organization=await organization.read(),
        permissions=sorted(caller.permissions),
        settings=caller.settings,
        visible_groups=sorted(caller.visible_groups),
        away=caller.away,
        console=caller.sign_in_id,
        server=ServerState(
            version=__version__,
            time=clock(),
            public_url=caller.settings.public_url or public_url,
            mail=mail.enabled,
            mail_reason="" if mail.enabled else NOT_SET_UP,
            languages=native_names(),
            applets=applets.platforms(),
            keeps_address=True,
        ),
    )


@put(
    "/me/availability",
    status_code=204,
    summary="Go away, or be back",
    responses=documented(400, 401, 413, 415),
)
async def set_availability(
    data: JSONBody[SetAvailability],
    caller: NamedDependency[Caller],
    technicians: NamedDependency[Technicians],
) -> None:
    """Choose whether colleagues may transfer sessions to the caller, whose consoles are told."""
    await technicians.set_availability(caller, data)


@get("/colleagues", summary="To whom to transfer", responses=documented(401, 403))
async def list_colleagues(
    caller: NamedDependency[Caller], technicians: NamedDependency[Technicians]
) -> Colleagues:
    """List the technicians and groups that a session can be transferred to.

    A session can be transferred to a technician only while they are online: not away, and with
    fewer active sessions than their group allows.
    """
    return await technicians.colleagues(caller)


def auth_router(sign_ins: SignIns) -> Router:
    """Return the router of this module's calls."""
    return Router(
        "/",
        route_handlers=[
            sign_in,
            refresh_tokens,
            sign_out,
            Router(
                "/",
                route_handlers=[change_password, read_me, set_availability, list_colleagues],
                security=SIGNED_IN,
            ),
        ],
        dependencies={"sign_ins": Provide(lambda: sign_ins, sync_to_thread=False)},
        tags=["Sign-in"],
    )
