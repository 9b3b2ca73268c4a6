"""Who may call a route: every route needs a bearer token unless it is marked ``public``."""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.sign_in import SignIns

PUBLIC = "public"
"""Key in a route's ``opt`` that opens it to everybody. All other routes are closed."""

SIGNED_IN: list[dict[str, list[str]]] = [{"token": []}]
"""How the API's description says that a call needs an access token."""

_CALLER = "rescue_caller"


async def require_caller(
    connection: ASGIConnection[Any, Any, Any, Any], route: BaseRouteHandler
) -> None:
    """Guard every route: find out who calls, or refuse.

    Raises:
        Refusal: ``not-signed-in``.
    """
    if route.opt.get(PUBLIC):
        return
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise refuse(ProblemWord.NOT_SIGNED_IN, "Send the access token in an Authorization header.")
    sign_ins: SignIns = connection.app.state.sign_ins
    caller, _expires_at = await sign_ins.caller(token.strip())
    connection.scope["state"][_CALLER] = caller


def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    """Return the caller that the guard has found."""
    caller: Caller = request.scope["state"][_CALLER]
    return caller


def client_address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Return the caller's address, as the door has made it plain."""
    return connection.client.host if connection.client else ""
