"""What a request may cost before it is answered: heads, bodies, deadlines, on real sockets."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from rescue_console.server.door import crowd, http_protocol
from rescue_console.server.door.crowd import Crowd
from rescue_console.server.door.http_protocol import (
    HEAD_MAX,
    HEADERS_MAX,
    LINGER_BYTES,
    GuardedProtocol,
)
from rescue_console.server.door.listener import CountingListener
from tests.stage.until import WAIT_S, until_here

Say = Callable[..., Awaitable[bytes]]
SOON_S = 0.05
TOO_LARGE = b"HTTP/1.1 431 "
LATE = b"HTTP/1.1 408 "
FINE = b"HTTP/1.1 200 "
GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"


class Door:
    """A server of one application that reads bodies to their end and says *ok*."""

    def __init__(self) -> None:
        self.crowd = Crowd(1_000)
        self.answer = b"ok"
        self.read = 0
        self.asked = 0
        self.listener: asyncio.Server
        self.address: tuple[str, int]

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer once the body is whole."""
        self.asked += 1
        more = True
        while more:
            message = await receive()
            self.read += len(message.get("body", b""))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": self.answer})


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    made = Door()
    config = uvicorn.Config(
        made.application, interface="asgi3", ws="websockets-sansio", lifespan="off", log_config=None
    )
    config.load()
    state = ServerState()
    listening = socket.create_server(("127.0.0.1", 0))
    made.address = listening.getsockname()
    made.listener = await asyncio.get_running_loop().create_server(
        lambda: GuardedProtocol(config, state, {}, crowd=made.crowd),
        sock=CountingListener(listening, made.crowd),
    )
    yield made
    made.listener.close()
    for connection in list(state.connections):
        connection.transport.abort()
    await until_here(lambda: not made.crowd)
    await made.listener.wait_closed()


@asynccontextmanager
async def connected(door: Door) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A client's connection, closed in the end."""
    reader, writer = await asyncio.open_connection(*door.address)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        with suppress(ConnectionError):
            await writer.wait_closed()


@pytest.fixture
def say(door: Door) -> Say:
    """Sends bytes and returns all that comes until the server closes."""

    async def said(*parts: bytes) -> bytes:
        async with connected(door) as (reader, writer), asyncio.timeout(WAIT_S):
            with suppress(ConnectionError):
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                return await reader.read()
            return b""

    return said


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * HEAD_MAX + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /?" + b"a" * HEAD_MAX,
        GET + b"X-A: " + b"a" * HEAD_MAX + b"\r\n\r\n",
        GET + b"X-A: " + b"a" * (2 * HEAD_MAX),
        GET + b"a" * (2 * HEAD_MAX),
        GET + b"X-A: %b\r\nX-B: %b\r\n\r\n" % (b"a" * (HEAD_MAX // 2), b"b" * (HEAD_MAX // 2)),
        GET + b"X:\r\n" * HEADERS_MAX + b"\r\n",
        CHUNKED + b"0\r\n" + b"X-A: b\r\n" * HEADERS_MAX,
        CHUNKED + b"0\r\nX-A: " + b"a" * (2 * HEAD_MAX),
        CHUNKED + b"1;" + b"a" * (2 * HEAD_MAX),
    ],
    ids=[
        "url", "url without end", "header", "header without end", "name without end",
        "headers together", "many headers", "many trailers", "trailer without end", "extension",
    ],
)  # fmt: skip
async def test_a_head_that_is_too_large_is_refused(say: Say, head: bytes) -> None:
    # In small parts, as a network would bring it.
    parts = [head[start : start + 4_000] for start in range(0, len(head), 4_000)]
    assert (await say(*parts)).startswith(TOO_LARGE)


async def test_the_answer_arrives_though_more_is_being_sent(say: Say) -> None:
    assert (await say(GET + b"X-A: ", b"a" * (LINGER_BYTES // 2))).startswith(TOO_LARGE)


async def test_who_never_stops_sending_is_cut(door: Door) -> None:
    async with connected(door) as (_, writer), asyncio.timeout(WAIT_S):
        with pytest.raises(ConnectionError):  # noqa: PT012
            while True:
                writer.write(b"a" * 65_536)
                await writer.drain()


async def test_a_head_of_what_proxies_add_is_fine(say: Say) -> None:
    head = GET + b"X-A: " + b"a" * 16_000 + b"\r\nConnection: close\r\n\r\n"
    assert (await say(head)).startswith(FINE)


async def test_each_request_of_a_connection_has_its_own_head(say: Say) -> None:
    one = GET + b"X-A: " + b"a" * (HEAD_MAX // 3) + b"\r\n"
    answer = await say(*([one + b"\r\n"] * 8), one + b"Connection: close\r\n\r\n")
    assert answer.count(FINE) == 9


async def test_a_large_body_is_no_head(door: Door, say: Say) -> None:
    size = 8 * HEAD_MAX
    answer = await say(
        POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % size, *([b"a" * HEAD_MAX] * 8)
    )
    assert answer.startswith(FINE)
    assert door.read == size


async def test_requests_ahead_of_their_answers_are_few(door: Door, say: Say) -> None:
    await say((GET + b"\r\n") * 30_000)
    assert door.asked < 100


@pytest.mark.parametrize("start", [b"", b"\r\n", b"G", GET, GET + b"X-A: "])
async def test_a_head_has_a_deadline(
    say: Say, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_WITHIN_S", SOON_S)
    answer = await say(start)
    assert answer.startswith(LATE) if start.strip() else answer == b""


async def test_bytes_that_trickle_in_do_not_put_a_deadline_off(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_WITHIN_S", 10 * SOON_S)
    async with connected(door) as (reader, writer), asyncio.timeout(WAIT_S):
        writer.write(GET + b"X-A: ")
        while not reader.at_eof():
            writer.write(b"a")
            with suppress(TimeoutError):
                async with asyncio.timeout(SOON_S):
                    await reader.read()


@pytest.mark.parametrize(
    "body", [b"Content-Length: 9\r\n\r\na", b"Transfer-Encoding: chunked\r\n\r\n1"]
)
async def test_a_body_has_a_deadline(
    door: Door, say: Say, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.setattr(http_protocol, "BODY_WITHIN_S", SOON_S)
    assert (await say(POST + body)).startswith(LATE)


async def test_an_answer_has_its_time(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "BODY_WITHIN_S", SOON_S)
    monkeypatch.setattr(http_protocol, "HEAD_WITHIN_S", SOON_S)
    assert (await say(POST + b"Content-Length: 1\r\n\r\na")).startswith(FINE)


async def test_who_does_not_read_is_let_go(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "READ_WITHIN_S", SOON_S)
    door.answer = b"a" * 50_000_000
    async with connected(door) as (reader, writer):
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(GET + b"\r\n")
        await until_here(lambda: len(door.crowd) == 1)
        await until_here(lambda: not door.crowd)
        assert not reader.at_eof()


async def test_who_waits_makes_room_and_the_next_is_served(
    door: Door, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both ends are files of this process, which may have as few as 1 024.
    monkeypatch.setattr(crowd, "WAITING_MAX", 32)
    async with AsyncExitStack() as stack:
        idle = [await stack.enter_async_context(connected(door)) for _ in range(40)]
        assert (await say(GET + b"Connection: close\r\n\r\n")).startswith(FINE)
        assert len(door.crowd) <= 32
        async with asyncio.timeout(WAIT_S):
            assert await idle[0][0].read() == b""


async def test_what_is_not_http_is_refused_in_words(
    say: Say, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever another test has made of uvicorn's log.
    log = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(log, "propagate", True)
    monkeypatch.setattr(log, "disabled", False)
    caplog.set_level(logging.WARNING, log.name)
    assert (await say(b"nonsense\r\n\r\n")).startswith(b"HTTP/1.1 400 ")
    assert [each.levelno for each in caplog.records if each.name == log.name] == [logging.WARNING]


@pytest.mark.parametrize(
    "more", [b"X-A: " + b"a" * 10_000 + b"\r\n", b"Content-Length: 5\r\n"], ids=["long", "body"]
)
async def test_an_upgrade_without_a_handshake_gets_an_answer(say: Say, more: bytes) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    key = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    assert (await say(GET + upgrade + key + more + b"\r\n")).startswith(b"HTTP/1.1 400 ")
