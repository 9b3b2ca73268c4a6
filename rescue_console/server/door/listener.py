"""A listening socket that counts what it accepts, before TLS has cost anything."""

import socket
from typing import Any

from rescue_console.server.door.crowd import Crowd, end

_AT_ONCE = 64
"""How many connections are accepted before the event loop reads what they have sent, so that many
who come at once and ask at once are never taken for many who wait."""


class _Counted(socket.socket):
    """A connection that leaves the crowd when it is closed."""

    crowd: Crowd | None = None

    def close(self) -> None:
        """Close the connection and give its place back."""
        crowd, self.crowd = self.crowd, None
        if crowd is not None:
            crowd.leave(self.fileno())
        super().close()


class CountingListener(socket.socket):
    """Accepts whom the crowd has a place for; the others are closed at once.

    The event loop calls ``accept`` until it raises BlockingIOError, and comes back at its next turn
    if there are more.
    """

    def __init__(self, listening: socket.socket, crowd: Crowd) -> None:
        """Take *listening* over, which is detached and need not be closed."""
        family, kind, protocol = listening.family, listening.type, listening.proto
        super().__init__(family, kind, protocol, fileno=listening.detach())
        self._crowd = crowd
        self._left = _AT_ONCE

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection.

        Raises:
            BlockingIOError: nobody is there, or the event loop must first see to those who are.
        """
        if not self._left:
            self._left = _AT_ONCE
            raise BlockingIOError
        try:
            accepted, address = super().accept()
        except OSError:
            self._left = _AT_ONCE
            raise
        self._left -= 1
        connection = _Counted(self.family, self.type, self.proto, fileno=accepted.detach())
        before = len(self._crowd)
        if not self._crowd.admit(connection.fileno(), address[0], lambda: end(connection)):
            self._left = 0
            connection.close()
            raise ConnectionAbortedError
        if len(self._crowd) == before:
            self._left = 0  # the event loop must close the one that made room
        connection.crowd = self._crowd
        return connection, address
