"""The embedded server's port: this program opens it, keeps it, and hands it to its child."""

import socket
import sys
from contextlib import ExitStack


def open_port(wanted: int) -> socket.socket:
    """Return a socket that listens on loopback: at *wanted* if that port is free, else at any.

    Raises:
        OSError: No port can be opened.
    """
    try:
        return _listen_at(wanted)
    except OSError:
        return _listen_at(0)


def _listen_at(port: int) -> socket.socket:
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        if sys.platform == "win32":
            # Without this, any other program could open the same port once more.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Connections of the last run that are still closing do not count.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        stack.pop_all()
    return listener
