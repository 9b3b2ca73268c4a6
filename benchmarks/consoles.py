"""Plays many consoles in one lean process: it follows the event stream over many real sockets.

``python -m benchmarks.consoles HOST PORT COUNT`` reads access tokens from the first line of its
input (JSON), opens COUNT WebSockets at ``/api/v1/events``, shared out among the tokens, and writes
one JSON object per line: ``{"consoles": N}`` once all have been greeted, then, for each event that
has reached all of them, ``{"number": N, "arrivals": [...]}`` with the moments on the system's
monotonic clock. It ends when a socket is closed.

It uses no WebSocket library: a complete one takes more time per message than the server, and the
figure would be the client's. Messages are received, framed and timed; only the event's number is
read from them.
"""

import base64
import json
import os
import re
import selectors
import socket
import struct
import sys
import time
from collections import defaultdict

AT_ONCE = 50
"""Sockets to open at a time; the next ones wait until these have been greeted."""

_KIND = re.compile(rb'"kind":"([a-z.]+)"')
_NUMBER = re.compile(rb'"number":([0-9]+)')
_TEXT, _PING, _PONG = 0x81, 0x89, 0x8A
_RECEIVE_MAX = 65_536


class Console:
    """One console's connection, upgraded and subscribed.

    Raises:
        ConnectionError: the server did not upgrade the connection.
    """

    def __init__(self, host: str, port: int, token: str) -> None:
        self.socket = socket.create_connection((host, port))
        self._unread = b""
        self._upgrade(f"{host}:{port}")
        self._send({"kind": "subscribe", "access_token": token})

    def _upgrade(self, host: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /api/v1/events HTTP/1.1",
            f"Host: {host}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
        ]
        self.socket.sendall("".join(f"{line}\r\n" for line in [*lines, ""]).encode())
        while b"\r\n\r\n" not in self._unread:
            self._receive()
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(head.decode())

    def _send(self, message: dict[str, str]) -> None:
        self._send_frame(_TEXT, json.dumps(message).encode())

    def _send_frame(self, kind: int, payload: bytes) -> None:
        # A mask of zeros is allowed, and changes nothing. Source: RFC 6455 section 5.3.
        assert len(payload) < 126, "longer payloads need a longer header"
        self.socket.sendall(struct.pack("!BBI", kind, 0x80 | len(payload), 0) + payload)

    def _receive(self) -> None:
        received = self.socket.recv(_RECEIVE_MAX)
        if not received:
            raise ConnectionError("the server closed a connection")
        self._unread += received

    def read(self) -> list[bytes]:
        """Receive once, waiting if need be; return the text messages that are complete."""
        self._receive()
        messages = []
        while (frame := _first_frame(self._unread)) is not None:
            start, end = frame
            if self._unread[0] == _TEXT:
                messages.append(self._unread[start:end])
            elif self._unread[0] == _PING:
                self._send_frame(_PONG, self._unread[start:end])
            self._unread = self._unread[end:]
        return messages


def _first_frame(received: bytes) -> tuple[int, int] | None:
    """Return where the first frame's payload begins and ends; None while it is incomplete."""
    if len(received) < 2:
        return None
    start, size = 2, received[1]
    if size == 126:
        start, size = 4, int.from_bytes(received[2:4])
    elif size == 127:
        start, size = 10, int.from_bytes(received[2:10])
    return (start, start + size) if len(received) >= start + size else None


class Crowd:
    """All consoles, and the events that have reached them."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._count = 0
        self._greeted = 0
        self._arrivals: defaultdict[int, list[float]] = defaultdict(list)

    def open(self, host: str, port: int, count: int, tokens: list[str]) -> None:
        """Open *count* connections and wait until each has been greeted."""
        while self._count < count:
            for _ in range(min(AT_ONCE, count - self._count)):
                console = Console(host, port, tokens[self._count % len(tokens)])
                self._selector.register(console.socket, selectors.EVENT_READ, console)
                self._count += 1
            while self._greeted < self._count:
                self.receive()

    def receive(self) -> None:
        """Read the sockets that are ready next; report events that have reached all consoles."""
        for key, _ in self._selector.select():
            console: Console = key.data
            for message in console.read():
                self._note(message, time.monotonic())

    def _note(self, message: bytes, at: float) -> None:
        kind, number = _KIND.search(message), _NUMBER.search(message)
        if kind is None or number is None:
            raise ValueError(f"not an event: {message!r}")
        if kind[1] == b"hello":
            self._greeted += 1
            return
        arrivals = self._arrivals[int(number[1])]
        arrivals.append(at)
        if len(arrivals) == self._count:
            say({"number": int(number[1]), "arrivals": arrivals})
            del self._arrivals[int(number[1])]


def say(what: dict[str, object]) -> None:
    """Write one line for the program that started this one."""
    print(json.dumps(what), flush=True)


def main(host: str, port: str, count: str) -> None:
    """Follow events until the server closes a connection."""
    crowd = Crowd()
    crowd.open(host, int(port), int(count), json.loads(sys.stdin.readline()))
    say({"consoles": int(count)})
    try:
        while True:
            crowd.receive()
    except ConnectionError:
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
