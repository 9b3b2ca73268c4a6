"""What every request shows of the way it came: TLS, or a proxy that nobody has named."""

import ipaddress
import logging

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from rescue_console.server.pages.headers import TRANSPORT_SECURITY

_FORWARDED = (b"x-forwarded-for", b"forwarded")
_log = logging.getLogger(__name__)


def with_transport_security(app: ASGIApp) -> ASGIApp:
    """Wrap *app* so that every answer over TLS asks browsers to use TLS from now on."""

    async def secured(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                headers["Strict-Transport-Security"] = TRANSPORT_SECURITY
            await send(message)

        over_tls = scope["type"] == ScopeType.HTTP and scope["scheme"] == "https"
        await app(scope, receive, send_secured if over_tls else send)

    return secured


def with_proxy_warning(app: ASGIApp) -> ASGIApp:
    """Wrap *app* so that a proxy on this machine that is not trusted is warned of, once.

    All customers then have one address: they share each other's tries, and may read the metrics.
    """
    warned = False

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal warned
        if not warned and _from_untrusted_proxy(scope):
            warned = True
            _log.warning(
                "Requests come through a proxy on this machine that is not trusted, so all "
                "customers count as one, and all of them may read /metrics. Start the server with "
                "--trusted-proxies 127.0.0.1,::1, and let the proxy set X-Forwarded-For."
            )
        await app(scope, receive, send)

    return watched


def _from_untrusted_proxy(scope: Scope) -> bool:
    # A trusted proxy's header has already put the customer's address here.
    client = scope.get("client")
    if not client or not any(name in _FORWARDED for name, _ in scope["headers"]):
        return False
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if address.version == 6 else None
    return (mapped or address).is_loopback
