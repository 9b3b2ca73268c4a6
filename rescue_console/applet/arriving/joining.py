"""The small requests by which the applet joins a session, and brings in the page beside it.

They use the standard library's client, since a whole HTTP package would make the applet larger.
"""

import ssl
from http.client import HTTPS_PORT, HTTPConnection, HTTPException, HTTPSConnection
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from rescue_console.network.answer_bytes import read_answer
from rescue_console.network.diagnosis import PROXY_SIGN_IN_STATUS, diagnose
from rescue_console.network.errors import ClientError, Misunderstood, Refused, Unreachable, Why
from rescue_console.network.server_address import ServerAddress
from rescue_console.network.way_out import Proxy, proxy_for
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.customer import (
    AppletJoined,
    AppletLink,
    JoinWithApplet,
    PageWanted,
    TypedPin,
)
from rescue_console.protocol.links import LinkParts, build_link
from rescue_console.protocol.problems import Problem
from rescue_console.protocol.unreadable import UNREADABLE

TIMEOUT_S = 20.0
ANSWER_WITHIN_S = 60.0
"""How long an answer may take from its first byte, however steadily more bytes come."""

_ANSWER_MAX = 64 * 1024
T = TypeVar("T")


def join(
    server: ServerAddress, link: LinkParts, platform: DevicePlatform, tls: ssl.SSLContext | None
) -> AppletJoined:
    """Join the session that *link* belongs to.

    Raises:
        Unreachable: no answer came.
        Refused: the server does not let the applet in with this link.
        Misunderstood: whatever answered is not the server.
    """
    wish = JoinWithApplet(code=link.code, key=link.key, platform=platform)
    return _post(server, "/Customer/Applet", wish, AppletJoined, tls)


def link_of_pin(server: ServerAddress, pin: str, tls: ssl.SSLContext | None) -> LinkParts:
    """Return the link that a typed PIN leads to.

    Raises:
        Unreachable, Refused, Misunderstood: as in ``join``.
    """
    answer = _post(server, "/Customer/AppletPin", TypedPin(pin=pin), AppletLink, tls)
    return LinkParts(answer.code, answer.key)


def page_address(server: ServerAddress, token: str, tls: ssl.SSLContext | None) -> str:
    """Return an address with which the page joins beside the applet: once, within minutes.

    Raises:
        Unreachable, Refused, Misunderstood: as ``join``.
    """
    answer = _post(server, "/Customer/PageKey", PageWanted(token=token), AppletLink, tls)
    return build_link(server.url, ConnectionMethod.LINK.link_number, answer.code, answer.key)


def reaches(server: ServerAddress, tls: ssl.SSLContext | None) -> bool:
    """Tell whether the server answers a plain request now; it is asked for no PIN, and refuses."""
    try:
        link_of_pin(server, "", tls)
    except Refused:
        return True
    except ClientError:
        pass
    return False


def _post(
    server: ServerAddress,
    path: str,
    body: msgspec.Struct,
    answer: type[T],
    tls: ssl.SSLContext | None,
) -> T:
    proxy = proxy_for(server)
    connection, target = _connection(server, tls, proxy)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if proxy is not None and tls is None:
        headers |= proxy.authorization
    try:
        connection.request("POST", f"{target}{path}", msgspec.json.encode(body), headers)
        response = connection.getresponse()
        content = read_answer(response.read1, _ANSWER_MAX, ANSWER_WITHIN_S)
    except (HTTPException, OSError) as error:
        raise diagnose(error, proxy.shown if proxy else "") from error
    finally:
        connection.close()
    if proxy is not None and response.status == PROXY_SIGN_IN_STATUS:
        raise Unreachable(Why.PROXY_SIGN_IN, proxy=proxy.shown)
    try:
        if response.status == 200:
            return msgspec.json.decode(content, type=answer)
        problem = msgspec.json.decode(content, type=Problem)
    except UNREADABLE as error:
        raise Misunderstood(f"HTTP {response.status}") from error
    raise Refused(problem)


def _connection(
    server: ServerAddress, tls: ssl.SSLContext | None, proxy: Proxy | None
) -> tuple[HTTPConnection, str]:
    """Return a connection, and what is put in front of the path in its requests."""
    port = urlsplit(server.url).port
    host, at = (server.host, port) if proxy is None else (proxy.host, proxy.port)
    if proxy is not None and proxy.secure:
        # The standard library's client speaks no TLS inside TLS.
        raise Unreachable(Why.PROXY_UNUSABLE, proxy=f"https://{proxy.shown}")
    if tls is None:
        return HTTPConnection(host, at, timeout=TIMEOUT_S), server.url if proxy is not None else ""
    connection = HTTPSConnection(host, at, timeout=TIMEOUT_S, context=tls)
    if proxy is not None:
        connection.set_tunnel(server.host, port or HTTPS_PORT, proxy.authorization)
    return connection, ""
