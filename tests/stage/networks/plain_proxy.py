"""A proxy between a network and a server that lets HTTP through, but no WebSocket."""

import re
import socket
import threading
from contextlib import suppress
from enum import Enum, auto
from types import TracebackType
from typing import Self

WEBSOCKET = "WEBSOCKET"
_CHUNK = 65_536
_END = b"\r\n\r\n"
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


class PlainProxy:
    """Leads to one server; use it as a context manager.

    Attributes:
        habit: What it does with WebSockets from now on.
        away: The status that it answers everything with, as one does that does not find the server;
            0 while it finds it.
        sockets: How many have been asked for.
        requests: The request lines, in order; those for WebSockets begin with WEBSOCKET.
    """

    def __init__(self, server_port: int, habit: Habit = Habit.REFUSES) -> None:
        self.habit = habit
        self.away = 0
        self.sockets = 0
        self.requests: list[str] = []
        self._server_port = server_port
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """The address to give to programs."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.block()

    def block(self) -> None:
        """Be gone, as a network that is lost: nothing new, and all that is open is cut."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open = []

    def mend(self) -> None:
        """Be there again, at the same address."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._begin()

    def _begin(self) -> None:
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                self._open.append(near)
                threading.Thread(target=self._serve, args=[near], daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with suppress(OSError), near:
            received = b""
            while _END not in received:
                chunk = near.recv(_CHUNK)
                if not chunk:
                    return
                received += chunk
            head, _, rest = received.partition(_END)
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
            self._pass_on(near, head + _END + rest, muffled=muffled)

    def _answer_itself(self, near: socket.socket) -> None:
        near.sendall(
            f"HTTP/1.1 {self.away} Away\r\nContent-Type: text/html\r\nContent-Length: 4\r\n"
            "Connection: close\r\n\r\nAway".encode()
        )
        near.shutdown(socket.SHUT_WR)
        while near.recv(_CHUNK):
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
            while near.recv(_CHUNK):
                pass
            return False
        return True

    def _pass_on(self, near: socket.socket, request: bytes, *, muffled: bool) -> None:
        with socket.create_connection(("127.0.0.1", self._server_port)) as far:
            self._open.append(far)
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
        while data := source.recv(_CHUNK):
            if not muffled:
                goal.sendall(data)
            elif first:
                goal.sendall(data.partition(_END)[0] + _END)
            first = False
    with suppress(OSError):
        goal.shutdown(socket.SHUT_WR)
