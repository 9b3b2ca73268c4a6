"""The network between a program and a server, which tests can cut, block or let lose answers."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

_CHUNK = 65_536


class Wire:
    """Forwards TCP from a port of its own to a server's; use it as a context manager.

    Attributes:
        port: The port that programs connect to.
        server_port: The server's port, which may be set once the server has started.
    """

    def __init__(self, server_port: int = 0) -> None:
        self.server_port = server_port
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._answers_to_lose = 0
        self._listener: socket.socket | None = None
        self.port = 0
        self.connections = 0
        """How many connections there have been."""
        self.dying = False
        """Whether the open connections accept everything and pass nothing on."""
        self.swallowed = 0
        """The number of bytes accepted while dying."""

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
            _hang_up(end)

    def lose_answers(self, count: int) -> None:
        """Let the next *count* requests arrive, but cut the connection instead of answering."""
        with self._lock:
            self._answers_to_lose = count

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.server_port))
            except OSError:
                # The server is not running now; let the caller notice that as well.
                near.close()
                continue
            with self._lock:
                self.connections += 1
                self._open += [near, far]
            threading.Thread(target=self._pump, args=[near, far, False], daemon=True).start()
            threading.Thread(target=self._pump, args=[far, near, True], daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while chunk := source.recv(_CHUNK):
                if answers and self._loses():
                    break
                if self.dying:
                    self.swallowed += len(chunk)
                    continue
                sink.sendall(chunk)
        for end in (source, sink):
            _hang_up(end)
        with self._lock:
            self._open = [each for each in self._open if each not in (source, sink)]

    def _loses(self) -> bool:
        with self._lock:
            if self._answers_to_lose:
                self._answers_to_lose -= 1
                return True
            return False


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
