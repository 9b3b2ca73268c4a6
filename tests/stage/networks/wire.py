"""The network between a program and a server, which tests can cut, block or let lose answers."""

import socket
import threading
from contextlib import suppress

from tests.stage.networks.listening import CHUNK, Listening, hang_up


class Wire(Listening):
    """Forwards TCP from a port of its own to a server's; use it as a context manager.

    Attributes:
        server_port: The server's port, which may be set once the server has started.
    """

    def __init__(self, server_port: int = 0) -> None:
        super().__init__()
        self.server_port = server_port
        self._answers_to_lose = 0
        self.connections = 0
        """How many connections there have been."""
        self.dying = False
        """Whether the open connections accept everything and pass nothing on."""
        self.swallowed = 0
        """The number of bytes accepted while dying."""

    def lose_answers(self, count: int) -> None:
        """Let the next *count* requests arrive, but cut the connection instead of answering."""
        with self._lock:
            self._answers_to_lose = count

    def _serve(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.server_port))
        except OSError:
            # The server is not running now; let the caller notice that as well.
            near.close()
            return
        self._keep(far)
        with self._lock:
            self.connections += 1
        threading.Thread(target=self._pump, args=[near, far, False], daemon=True).start()
        self._pump(far, near, True)

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                if answers and self._loses():
                    break
                if self.dying:
                    self.swallowed += len(chunk)
                    continue
                sink.sendall(chunk)
        for end in (source, sink):
            hang_up(end)
        with self._lock:
            self._open = [each for each in self._open if each not in (source, sink)]

    def _loses(self) -> bool:
        with self._lock:
            if self._answers_to_lose:
                self._answers_to_lose -= 1
                return True
            return False
