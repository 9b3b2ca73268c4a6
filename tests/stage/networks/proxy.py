"""A proxy as companies have it: the one way out, for names that nobody else knows.

Every name leads to one port of this computer; what was asked for is kept.
"""

import base64
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

_CHUNK = 65_536
_END = b"\r\n\r\n"


class CompanyProxy:
    """Takes CONNECT and whole addresses; use it as a context manager.

    Args:
        server_port: Where every name leads.
        secret: ``USER:PASSWORD`` that it wants; empty = none.
        status: What it answers instead of connecting; 0 = it connects.
    """

    def __init__(self, server_port: int, secret: str = "", status: int = 0) -> None:
        self._server_port = server_port
        self._secret = secret
        self._status = status
        self.tunnels = True
        """Whether it lets CONNECT through; WebSockets need it, plain requests over HTTP do not."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.heads: list[str] = []
        """The heads of the requests that came to it."""

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
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
            self.heads.append(head.decode("latin-1"))
            refused = self._refused(head.decode("latin-1"))
            if refused:
                near.sendall(f"HTTP/1.1 {refused} No\r\nContent-Length: 0\r\n\r\n".encode())
                return
            with socket.create_connection(("127.0.0.1", self._server_port)) as far:
                self._begin(near, far, head, rest)
                back = threading.Thread(target=_pump, args=[far, near], daemon=True)
                back.start()
                _pump(near, far)
                back.join()

    def _refused(self, head: str) -> int:
        wanted = base64.b64encode(self._secret.encode()).decode()
        if self._secret and f"proxy-authorization: basic {wanted}".lower() not in head.lower():
            return 407
        if head.startswith("CONNECT ") and not self.tunnels:
            return 403
        return self._status

    def _begin(self, near: socket.socket, far: socket.socket, head: bytes, rest: bytes) -> None:
        method, target, more = head.split(b" ", 2)
        if method == b"CONNECT":
            near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            far.sendall(rest)
            return
        path = b"/" + target.split(b"/", 3)[3]
        # One request for each connection is enough here.
        far.sendall(b" ".join((method, path, more)) + b"\r\nConnection: close" + _END + rest)


def _pump(source: socket.socket, goal: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            goal.sendall(data)
    with suppress(OSError):
        goal.shutdown(socket.SHUT_WR)
