"""How the applet comes into a session: two small requests, before anything else.

With the standard library's client, since a whole HTTP package would make the applet larger.
"""

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from rescue_console.network.answer_bytes import read_answer
from rescue_console.network.diagnosis import diagnose
from rescue_console.network.errors import Misunderstood, Refused
from rescue_console.network.server_address import ServerAddress
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import AppletJoined, AppletLink, JoinWithApplet, TypedPin
from rescue_console.protocol.links import LinkParts
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
        content = read_answer(response.read1, _ANSWER_MAX, ANSWER_WITHIN_S)
    except (HTTPException, OSError) as error:
        raise diagnose(error) from error
    finally:
        connection.close()
    try:
        if response.status == 200:
            return msgspec.json.decode(content, type=answer)
        problem = msgspec.json.decode(content, type=Problem)
    except UNREADABLE as error:
        raise Misunderstood(f"HTTP {response.status}") from error
    raise Refused(problem)


def _connection(server: ServerAddress, tls: ssl.SSLContext | None) -> HTTPConnection:
    port = urlsplit(server.url).port
    if tls is not None:
        return HTTPSConnection(server.host, port, timeout=TIMEOUT_S, context=tls)
    return HTTPConnection(server.host, port, timeout=TIMEOUT_S)
