"""A proxy between a network and a server that lets HTTP through, but no WebSocket."""

import re
import socket
import threading
from contextlib import suppress
from enum import Enum, auto

from tests.stage.networks.listening import CHUNK, END_OF_HEAD, Listening, read_head

WEBSOCKET = "WEBSOCKET"
_UPGRADE = re.compile(rb"\r\nupgrade: *websocket", re.IGNORECASE)
_HOP_BY_HOP = re.compile(rb"\r\n(?:upgrade|connection):[^\r]*", re.IGNORECASE)


class Habit(Enum):
    """What the proxy does with a request for a WebSocket."""

    REFUSES = auto()
    """It answers 403."""
    STRIPS = auto()
    """It passes it on as an ordinary request, as proxies do that know nothing of WebSockets."""
    SWALLOWS = auto()
    """It never answers."""
    MUFFLES = auto()
    """It lets it through, and then nothing in it."""
    PASSES = auto()
    """It lets it through."""


class PlainProxy(Listening):
    """Leads to one server; use it as a context manager.

    Attributes:
        habit: What it does with WebSockets from now on.
        away: The status that it answers everything with, as one does that does not find the server;
            0 while it finds it.
        sockets: How many have been asked for.
        requests: The request lines, in order; those for WebSockets begin with WEBSOCKET.
    """

    def __init__(self, server_port: int, habit: Habit = Habit.REFUSES) -> None:
        super().__init__()
        self.habit = habit
        self.away = 0
        self.sockets = 0
        self.requests: list[str] = []
        self._server_port = server_port

    def _serve(self, near: socket.socket) -> None:
        with suppress(OSError), near:
            if (request := read_head(near)) is None:
                return
            head, rest = request
            wants_socket = _UPGRADE.search(head) is not None
            asked = head.partition(b"\r\n")[0].decode("latin-1")
            self.requests.append(f"{WEBSOCKET} {asked}" if wants_socket else asked)
            if self.away:
                self._answer_itself(near)
                return
            if wants_socket and not self._answer_for_socket(near):
                return
            muffled = wants_socket and self.habit is Habit.MUFFLES
            if not wants_socket or self.habit is Habit.STRIPS:
                # One request for each connection, so that each head is looked at.
                head = _HOP_BY_HOP.sub(b"", head) + b"\r\nConnection: close"
            self._pass_on(near, head + END_OF_HEAD + rest, muffled=muffled)

    def _answer_itself(self, near: socket.socket) -> None:
        near.sendall(
            f"HTTP/1.1 {self.away} Away\r\nContent-Type: text/html\r\nContent-Length: 4\r\n"
            "Connection: close\r\n\r\nAway".encode()
        )
        near.shutdown(socket.SHUT_WR)
        while near.recv(CHUNK):
            pass

    def _answer_for_socket(self, near: socket.socket) -> bool:
        """Do what the proxy's habit is; return whether the request is to be passed on."""
        self.sockets += 1
        if self.habit is Habit.REFUSES:
            near.sendall(
                b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            return False
        if self.habit is Habit.SWALLOWS:
            while near.recv(CHUNK):
                pass
            return False
        return True

    def _pass_on(self, near: socket.socket, request: bytes, *, muffled: bool) -> None:
        with socket.create_connection(("127.0.0.1", self._server_port)) as far:
            self._keep(far)
            far.sendall(request)
            back = threading.Thread(
                target=_pump, args=[far, near], kwargs={"muffled": muffled}, daemon=True
            )
            back.start()
            _pump(near, far)
            back.join()


def _pump(source: socket.socket, goal: socket.socket, *, muffled: bool = False) -> None:
    """Pass everything on; of what is muffled, only the head of the answer."""
    with suppress(OSError):
        first = True
        while data := source.recv(CHUNK):
            if not muffled:
                goal.sendall(data)
            elif first:
                goal.sendall(data.partition(END_OF_HEAD)[0] + END_OF_HEAD)
            first = False
    with suppress(OSError):
        goal.shutdown(socket.SHUT_WR)
