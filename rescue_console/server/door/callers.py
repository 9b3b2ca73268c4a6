"""The door: before any route sees a request, its caller's address is made plain.

What trusted proxies report is believed here, and nowhere else.
"""

from collections.abc import Sequence
from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from rescue_console.server.door.addresses import plain, read_ip_address, read_network

_FORWARDED_FOR = b"x-forwarded-for"


def open_door(app: ASGIApp, trusted_proxies: Sequence[str]) -> ASGIApp:
    """Wrap *app* so that each caller has one plain address.

    Args:
        app: The application.
        trusted_proxies: Addresses and networks whose X-Forwarded-… headers are believed.
    """
    behind: Any = app
    if trusted_proxies:
        trusted = [str(read_network(proxy)) for proxy in trusted_proxies]
        behind = ProxyHeadersMiddleware(behind, trusted)

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            _make_plain(scope)
        await behind(scope, receive, send)

    return door


def _make_plain(scope: Any) -> None:
    if scope.get("client"):
        host, port = scope["client"]
        scope["client"] = (plain(host), port)
    if any(name == _FORWARDED_FOR for name, _ in scope["headers"]):
        scope["headers"] = [
            (name, _plain_list(value) if name == _FORWARDED_FOR else value)
            for name, value in scope["headers"]
        ]


def _plain_list(value: bytes) -> bytes:
    return ", ".join(_plain_hop(hop) for hop in value.decode("latin1").split(",")).encode("latin1")


def _plain_hop(text: str) -> str:
    """Return the address that a proxy reports, without a port, brackets or quotes around it."""
    hop = text.strip().strip('"')
    host = hop
    if hop.startswith("["):
        host = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        host = hop.partition(":")[0]
    parsed = read_ip_address(host)
    return hop if parsed is None else str(parsed)
