"""The two small requests by which the applet joins a session, before anything else.

They use the standard library's client, since a whole HTTP package would make the applet larger.
"""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from rescue_console.network.diagnosis import diagnose
from rescue_console.network.errors import Misunderstood, Refused
from rescue_console.network.server_address import ServerAddress
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import AppletJoined, AppletLink, JoinWithApplet, TypedPin
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.problems import Problem
from rescue_console.protocol.unreadable import UNREADABLE

TIMEOUT_S = 20.0
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
