"""Opens the port before anything else is built, so that the URL is known and errors show early."""

import base64
import contextlib
import errno
import os
import socket
import sys

from rescue_console.server.options import ServeOptions


class CannotListen(Exception):
    """The port cannot be opened; the message says why and what to do."""


def open_port(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        CannotListen: the port is in use or not permitted, or the address is not this machine's.
    """
    with contextlib.ExitStack() as stack:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            family, kind, protocol, _, address = found[0]
            listener = stack.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if address[0] == "::" and socket.has_dualstack_ipv6():
                # Some systems would take IPv6 only, all of them or by a setting.
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            listener.bind(address)
            listener.listen(2_048)
        except OSError as error:
            raise CannotListen(_words(host, port, error)) from error
        stack.pop_all()
    return listener


def adopt_port(handed: str) -> socket.socket:
    """Return the listening socket that this embedded server's console holds and has handed over.

    Args:
        handed: The number of its file descriptor; on Windows, standard input describes it.

    Raises:
        CannotListen: it is no socket.
    """
    try:
        if sys.platform == "win32":
            return socket.fromshare(base64.b64decode(sys.stdin.readline()))
        listener = socket.socket(fileno=int(handed))
        os.set_inheritable(listener.fileno(), False)
    except (OSError, ValueError) as error:
        raise CannotListen(f"The console has handed over no port: {error}.") from error
    return listener


def listening_url(options: ServeOptions, listener: socket.socket) -> str:
    """Return the URL at which the server listens."""
    scheme = "https" if options.tls_cert else "http"
    host = options.host
    if host in ("0.0.0.0", "::", ""):  # noqa: S104  # compared, not listened on
        host = "localhost"
    elif ":" in host:
        host = f"[{host}]"
    port = listener.getsockname()[1]
    default = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{host}" if port == default else f"{scheme}://{host}:{port}"


def _words(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program. Choose another with --port."
    if error.errno == errno.EACCES:
        return f"This user may not open port {port}. Choose a port above 1023 with --port."
    return f"Cannot listen on {host} port {port}: {error.strerror or error}."
