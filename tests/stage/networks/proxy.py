"""A proxy as companies have it: the one way out, for names that nobody else knows.

Every name leads to one port of this computer; what was asked for is kept.
"""

import base64
import socket
import threading
from contextlib import suppress

from tests.stage.networks.listening import CHUNK, END_OF_HEAD, Listening, read_head


class CompanyProxy(Listening):
    """Takes CONNECT and whole addresses; use it as a context manager.

    Args:
        server_port: Where every name leads.
        secret: ``USER:PASSWORD`` that it wants; empty = none.
        status: What it answers instead of connecting; 0 = it connects.
    """

    def __init__(self, server_port: int, secret: str = "", status: int = 0) -> None:
        super().__init__()
        self._server_port = server_port
        self._secret = secret
        self._status = status
        self.tunnels = True
        """Whether it lets CONNECT through; WebSockets need it, plain requests over HTTP do not."""
        self.heads: list[str] = []
        """The heads of the requests that came to it."""

    def _serve(self, near: socket.socket) -> None:
        with suppress(OSError), near:
            if (request := read_head(near)) is None:
                return
            head, rest = request
            self.heads.append(head.decode("latin-1"))
            refused = self._refused(head.decode("latin-1"))
            if refused:
                near.sendall(f"HTTP/1.1 {refused} No\r\nContent-Length: 0\r\n\r\n".encode())
                return
            with socket.create_connection(("127.0.0.1", self._server_port)) as far:
                self._keep(far)
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
        far.sendall(b" ".join((method, path, more)) + b"\r\nConnection: close" + END_OF_HEAD + rest)


def _pump(source: socket.socket, goal: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            goal.sendall(data)
    with suppress(OSError):
        goal.shutdown(socket.SHUT_WR)
