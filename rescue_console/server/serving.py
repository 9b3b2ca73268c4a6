"""Serves until told to stop: opens the parts in order, prints ``Ready: URL``, closes in reverse."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from types import FrameType

import uvicorn
from litestar.types import ASGIApp

from rescue_console.server.app import build_app
from rescue_console.server.clock import SteadyClock, system_clock
from rescue_console.server.data_folder import MARK, leave_to_owner
from rescue_console.server.door.callers import open_door
from rescue_console.server.door.crowd import Crowd
from rescue_console.server.door.http_protocol import GuardedProtocol
from rescue_console.server.door.listener import CountingListener
from rescue_console.server.door.open_files import places, raise_open_files
from rescue_console.server.frame_protocol import FrameProtocol
from rescue_console.server.listening import CannotListen, adopt_port, listening_url, open_port
from rescue_console.server.options import ServeOptions, split_networks
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.public_url import check_public_url
from rescue_console.server.rules.organization.owner import prepare_local_owner
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.mark import MarkKeeper
from rescue_console.server.storage.opening import open_database
from rescue_console.server.transport_words import with_proxy_warning, with_transport_security

FAREWELL_S = 3
"""How long open connections may take to end when the server stops, in seconds."""

TLS_FAREWELL_S = 1
"""How long the other side may take to answer the closing of a TLS connection, in seconds. Browsers
do not answer on connections that they are not using at the moment."""

_WS_MESSAGE_MAX = 65_536


class _Server(uvicorn.Server):
    """uvicorn's server, but the event streams are let go before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, url: str, parts: Parts) -> None:
        super().__init__(config)
        self._url = url
        self._parts = parts
        self._loop = asyncio.get_running_loop()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            # Everything loaded so far stays, so the collector need not look through it again. With
            # 2 000 consoles connected, a full collection takes 150 ms instead of 245 ms.
            gc.collect()
            gc.freeze()
            print(f"Ready: {self._url}", flush=True)  # noqa: T201  # scripts wait for this line

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        cut = self._loop.call_later(TLS_FAREWELL_S, self._cut_closed)
        try:
            await super().shutdown(sockets)
        finally:
            cut.cancel()

    def _cut_closed(self) -> None:
        # Connections with a request still being answered are left alone.
        for connection in list(self.server_state.connections):
            if connection.transport.is_closing():
                connection.transport.abort()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Unlike uvicorn's own handler, this does not raise the signal again at the end, which would
        # change the exit code.
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
        # A signal arrives between any two steps of the program, so the loop lets the streams go.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._parts.stream.let_go)


async def serve(options: ServeOptions) -> None:
    """Serve until SIGTERM or Ctrl-C (or, for an embedded server, until standard input ends).

    Raises:
        CannotListen: the port or the certificate cannot be used.
        StorageError: the database cannot be used.
        MailUrlRefused: the SMTP URL cannot be used.
        TooFewFiles: the process may open too few files.
        Refusal: the public URL is not valid, or the embedded server's owner cannot be set up.
        TooOpen: others can look into the folder of mails, and it is not for us to change that.
    """
    # The first line of standard input; on Windows, the second one may describe the socket.
    password = sys.stdin.readline().rstrip("\r\n") if options.local else ""
    with contextlib.closing(_open_listener(options)) as listener:
        await _serve(options, listener, password)


def _open_listener(options: ServeOptions) -> socket.socket:
    if options.local_socket:
        return adopt_port(options.local_socket)
    return open_port(options.host, options.port)


async def _serve(options: ServeOptions, listener: socket.socket, password: str) -> None:
    url = listening_url(options, listener)
    files = raise_open_files()
    crowd = Crowd(places(files), split_networks(options.trusted_proxies))
    public_url = check_public_url("--public-url", options.public_url or url)
    async with open_database(options.data, options.database_url, options.database_wait) as database:
        if options.local:
            await _sign_local_owner_up(options, database, password)
        parts = Parts(options, database, SteadyClock(), public_url)
        async with parts.running(), _marking(options.data, parts):
            server = _Server(_config(options, parts, crowd), url, parts)
            if options.local:
                _stop_with_parent(server)
            await server.serve(sockets=[CountingListener(listener, crowd)])


@contextlib.asynccontextmanager
async def _marking(data: Path, parts: Parts) -> AsyncIterator[None]:
    """Note beside the database how far it has come, and at the end that it was a good one."""
    leave_to_owner(data / MARK)
    keeper = MarkKeeper(data, parts.stream.number)
    parts.stream.on_number(keeper.note)
    in_order = False
    try:
        yield
        in_order = True
    finally:
        keeper.close(in_order=in_order)


async def _sign_local_owner_up(options: ServeOptions, database: Database, password: str) -> None:
    name = os.environ.get("RESCUE_LOCAL_NAME") or "Rescue"
    await prepare_local_owner(database, system_clock, name, password, options.local_language)


def _stop_with_parent(server: uvicorn.Server) -> None:
    """Stop when standard input ends: the console has gone, so its server must go, too."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        # Not with sys.stdin: the interpreter cannot exit while a thread holds its lock.
        while os.read(sys.stdin.fileno(), 4_096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop ended before the console did
            loop.call_soon_threadsafe(server.handle_exit, signal.SIGTERM, None)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _config(options: ServeOptions, parts: Parts, crowd: Crowd) -> uvicorn.Config:
    proxies = split_networks(options.trusted_proxies)
    if options.tls_cert:
        _check_certificate(options)
    app: ASGIApp = build_app(parts, split_networks(options.metrics_from))
    return uvicorn.Config(
        with_proxy_warning(open_door(with_transport_security(app), proxies), proxies),
        interface="asgi3",
        ssl_certfile=options.tls_cert or None,
        ssl_keyfile=options.tls_key or None,
        proxy_headers=False,  # the door reads them
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="off",
        http=partial(GuardedProtocol, crowd=crowd),  # type: ignore[arg-type]
        ws=partial(FrameProtocol, crowd=crowd),  # type: ignore[arg-type]
        ws_max_size=_WS_MESSAGE_MAX,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=FAREWELL_S,
    )


def _check_certificate(options: ServeOptions) -> None:
    try:
        # The empty password keeps OpenSSL from asking for one on the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            options.tls_cert, options.tls_key, password=""
        )
    except (OSError, ssl.SSLError) as error:
        raise CannotListen(
            f"The certificate {options.tls_cert} with the key {options.tls_key} cannot be used: "
            f"{error}."
        ) from error
