"""Stopping: SIGTERM and Ctrl-C end the process cleanly, even with connections open."""

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from rescue_console.protocol.events import CLOSE_GOING_AWAY
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

both_signals = pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])


@contextmanager
def following(server: RealServer) -> Iterator[ClientConnection]:
    """Open the event stream as the owner."""
    with connect(server.events_url, open_timeout=WAIT_S, proxy=None) as console:
        subscribe = {"kind": "subscribe", "access_token": server.owner.access_token}
        console.send(json.dumps(subscribe))
        assert json.loads(console.recv(WAIT_S))["kind"] == "hello"
        yield console


@both_signals
def test_a_signal_ends_it_with_exit_code_0_and_tells_the_consoles(
    data: Path, sign: signal.Signals
) -> None:
    server = RealServer(data, make_owner=False)
    with server, following(server) as console, connect(server.events_url) as silent:
        server.stop(sign)
        with pytest.raises(ConnectionClosed) as closed:
            console.recv(WAIT_S)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == CLOSE_GOING_AWAY
        with pytest.raises(ConnectionClosed):
            silent.recv(WAIT_S)


def test_a_request_that_never_ends_does_not_keep_the_server(data: Path) -> None:
    server = RealServer(data, make_owner=False)
    server.expected_errors += ["timeout graceful shutdown exceeded", "Exception in ASGI appl"]
    with server:
        parts = server.url.removeprefix("http://").split(":")
        with socket.create_connection((parts[0], int(parts[1])), WAIT_S) as idle:
            idle.sendall(
                b"POST /api/v1/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
            )
            # An answer to another request shows that the server has read this one by now.
            assert server.asker().get(f"{server.url}/healthz").status_code == 200
            server.stop()


def test_the_data_folder_is_free_after_a_stop(data: Path) -> None:
    with RealServer(data, make_owner=False) as server:
        session = server.owner.create_session()
        server.stop()
        server.start()
        assert server.owner.get(f"/sessions/{session['id']}").json()["id"] == session["id"]
