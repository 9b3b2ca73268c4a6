"""What the console reads of an answer, from a real socket that says what it likes."""

import gzip
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from rescue_console.client.transport import ANSWER_MAX, PROBLEM_MAX, Transport
from rescue_console.network.errors import Misunderstood
from rescue_console.network.server_address import read_address
from tests.stage.until import WAIT_S

CHUNK = b"10000\r\n" + b" " * 65_536 + b"\r\n"
Say = Callable[[bytes], Transport]
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PROBLEM = b"HTTP/1.1 400 No\r\nContent-Type: application/problem+json\r\n"


class Liar:
    """A server that answers each request with the same bytes."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.asked: list[bytes] = []
        self.connections = 0
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                with connection, suppress(OSError):
                    while asked := connection.recv(65_536):
                        self.asked.append(asked)
                        connection.sendall(self._answer)

    def close(self) -> None:
        """Stop."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(WAIT_S)


@pytest.fixture
def liars() -> Iterator[list[Liar]]:
    made: list[Liar] = []
    yield made
    for liar in made:
        liar.close()


@pytest.fixture
def say(liars: list[Liar]) -> Iterator[Say]:
    """Makes a server that says it, and returns the way to it."""
    transports: list[Transport] = []

    def said(answer: bytes) -> Transport:
        liars.append(Liar(answer))
        transports.append(Transport(read_address(f"http://127.0.0.1:{liars[-1].port}")))
        return transports[-1]

    yield said
    for transport in transports:
        transport.close()


def whole(head: bytes, body: bytes) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


@pytest.mark.parametrize(
    "answer",
    [
        whole(JSON, b" " * (ANSWER_MAX + 1)),
        JSON + b"\r\n" + b" " * (ANSWER_MAX + 1),
        JSON + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK * 300,
        whole(PROBLEM, b" " * (PROBLEM_MAX + 1)),
    ],
    ids=["length", "until closed", "chunked", "problem"],
)  # fmt: skip
def test_an_answer_that_is_too_long_is_not_read(say: Say, answer: bytes) -> None:
    with pytest.raises(Misunderstood):
        say(answer).send("GET", "/me", dict)


@pytest.mark.parametrize("encoding", [b"gzip", b"GZIP", b"deflate", b"br", b"zstd", b"gzip, gzip"])
def test_a_compressed_answer_is_not_unpacked(say: Say, encoding: bytes) -> None:
    bomb = gzip.compress(b" " * (8 * ANSWER_MAX))
    transport = say(whole(JSON + b"Content-Encoding: " + encoding + b"\r\n", bomb))
    tracemalloc.start()
    try:
        with pytest.raises(Misunderstood):
            transport.send("GET", "/me", dict)
        assert tracemalloc.get_traced_memory()[1] < ANSWER_MAX
    finally:
        tracemalloc.stop()


def test_nothing_compressed_is_asked_for_and_the_connection_is_used_again(
    say: Say, liars: list[Liar]
) -> None:
    transport = say(whole(JSON, b"{}"))
    assert [transport.send("GET", "/me", dict) for _ in range(3)] == [{}, {}, {}]
    assert b"Accept-Encoding: identity\r\n" in liars[0].asked[0]
    assert liars[0].connections == 1
