"""How the applet comes into a session, and the page beside it: a few small requests.

With the standard library's client, since a whole HTTP package would make the applet larger.
"""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from rescue_console.network.diagnosis import diagnose
from rescue_console.network.errors import Misunderstood, Refused
from rescue_console.network.server_address import ServerAddress
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
_ANSWER_MAX = 64 * 1024
T = TypeVar("T")


def join(
    server: ServerAddress, link: LinkParts, platform: DevicePlatform, tls: ssl.SSLContext | None
) -> AppletJoined:
    """Bring the applet into the session of a link.

    Raises:
        Unreachable: no answer came.
        Refused: the link does not let the applet in.
        Misunderstood: something else answers there.
    """
    wish = JoinWithApplet(code=link.code, key=link.key, platform=platform)
    return _post(server, "/Customer/Applet", wish, AppletJoined, tls)


def link_of_pin(server: ServerAddress, pin: str, tls: ssl.SSLContext | None) -> LinkParts:
    """Return the link that a typed PIN leads to.

    Raises:
        Unreachable, Refused, Misunderstood: as ``join``.
    """
    answer = _post(server, "/Customer/AppletPin", TypedPin(pin=pin), AppletLink, tls)
    return LinkParts(answer.code, answer.key)


def page_address(server: ServerAddress, token: str, tls: ssl.SSLContext | None) -> str:
    """Return the address at which the page comes in beside the applet: once, and soon.

    Raises:
        Unreachable, Refused, Misunderstood: as ``join``.
    """
    answer = _post(server, "/Customer/PageKey", PageWanted(token=token), AppletLink, tls)
    return build_link(server.url, ConnectionMethod.LINK.link_number, answer.code, answer.key)


def _post(
    server: ServerAddress,
    path: str,
    body: msgspec.Struct,
    answer: type[T],
    tls: ssl.SSLContext | None,
) -> T:
    connection = _connection(server, tls)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    try:
        connection.request("POST", path, msgspec.json.encode(body), headers)
        response = connection.getresponse()
        content = response.read(_ANSWER_MAX + 1)
    except (HTTPException, OSError) as error:
        raise diagnose(error) from error
    finally:
        connection.close()
    try:
        if response.status == 200:
            return msgspec.json.decode(content[:_ANSWER_MAX], type=answer)
        problem = msgspec.json.decode(content[:_ANSWER_MAX], type=Problem)
    except UNREADABLE as error:
        raise Misunderstood(f"HTTP {response.status}") from error
    raise Refused(problem)


def _connection(server: ServerAddress, tls: ssl.SSLContext | None) -> HTTPConnection:
    port = urlsplit(server.url).port
    if tls is not None:
        return HTTPSConnection(server.host, port, timeout=TIMEOUT_S, context=tls)
    return HTTPConnection(server.host, port, timeout=TIMEOUT_S)
