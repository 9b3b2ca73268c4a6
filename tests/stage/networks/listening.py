"""Accepts connections at a port of this computer, until tests want nobody to get through."""

import socket
import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from types import TracebackType
from typing import Self

CHUNK = 65_536
END_OF_HEAD = b"\r\n\r\n"


class Listening(ABC):
    """What stands between programs and a server; use it as a context manager.

    Attributes:
        port: The port that programs connect to, once the context has been entered.
    """

    def __init__(self) -> None:
        self.port = 0
        self._listener: socket.socket | None = None
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []

    @property
    def url(self) -> str:
        """The address to give to programs."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.block()

    def mend(self) -> None:
        """Accept connections, after ``block`` on the same port as before."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen()
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()

    def block(self) -> None:
        """Refuse new connections, and cut those that are open."""
        if self._listener is not None:
            # Closing alone would leave the accepting thread waiting.
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.cut()

    def cut(self) -> None:
        """Cut all open connections."""
        with self._lock:
            ends, self._open = self._open, []
        for end in ends:
            hang_up(end)

    def _keep(self, *ends: socket.socket) -> None:
        """Cut these, too, when everything is cut."""
        with self._lock:
            self._open += ends

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            self._keep(near)
            threading.Thread(target=self._serve, args=[near], daemon=True).start()

    @abstractmethod
    def _serve(self, near: socket.socket) -> None:
        """Do what is done with one connection, in a thread of its own."""


def hang_up(end: socket.socket) -> None:
    """End a connection in both directions, if it has not ended yet."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def read_head(near: socket.socket) -> tuple[bytes, bytes] | None:
    """Return the head of a request and what came after it; None if the other side has gone."""
    received = b""
    while END_OF_HEAD not in received:
        chunk = near.recv(CHUNK)
        if not chunk:
            return None
        received += chunk
    head, _, rest = received.partition(END_OF_HEAD)
    return head, rest
