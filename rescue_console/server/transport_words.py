"""What every request shows of the way it came: TLS, or a proxy that nobody has named."""

import logging
from collections.abc import Sequence

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from rescue_console.server.door.addresses import Network, read_ip_address, read_network
from rescue_console.server.door.transport_security import TRANSPORT_SECURITY

_FORWARDED_FOR = b"x-forwarded-for"
_FORWARDED = {_FORWARDED_FOR, b"forwarded"}
_SIGNS_OF_A_PROXY = {b"forwarded", b"via", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
_TELLING = _FORWARDED | _SIGNS_OF_A_PROXY

_UNTRUSTED = (
    "Requests come through a proxy on this machine that is not trusted, so all customers count as "
    "one, and all of them may read /metrics. Start the server with "
    "--trusted-proxies 127.0.0.1,::1, and let the proxy set X-Forwarded-For."
)
_SAYS_NOT_FOR_WHOM = (
    "The trusted proxy does not say for whom it asks, so all customers count as one, and all of "
    "them may read /metrics if it is on this machine. Let it set X-Forwarded-For."
)

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


def with_proxy_warning(app: ASGIApp, trusted_proxies: Sequence[str]) -> ASGIApp:
    """Wrap *app* so that a proxy through which all customers look like one is warned of, once.

    They then share each other's tries, and may read the metrics if the proxy is on this machine.

    Args:
        app: The application, which believes the trusted proxies.
        trusted_proxies: Addresses and networks that are believed.
    """
    trusted = [read_network(proxy) for proxy in trusted_proxies]
    said = {""}

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        words = _proxy_warning(scope, trusted)
        if words not in said:
            said.add(words)
            _log.warning(words)
        await app(scope, receive, send)

    return watched


def _proxy_warning(scope: Scope, trusted: list[Network]) -> str:
    headers = {name for name, value in scope["headers"] if name in _TELLING and value.strip()}
    client = scope.get("client")
    peer = read_ip_address(client[0]) if client and headers else None
    if peer is None:
        return ""
    if any(peer in network for network in trusted):
        silent = _FORWARDED_FOR not in headers and headers & _SIGNS_OF_A_PROXY
        return _SAYS_NOT_FOR_WHOM if silent else ""
    return _UNTRUSTED if peer.is_loopback and headers & _FORWARDED else ""
