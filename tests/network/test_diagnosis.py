"""Each reason why a server cannot be reached, provoked with a real one."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import requests
import urllib3

from rescue_console.client.transport import Transport
from rescue_console.network.diagnosis import diagnose
from rescue_console.network.errors import Misunderstood, Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.protocol.answers import Me
from tests.stage.servers.certificates import HOUR, make_certificates

HOST = "127.0.0.1"
Serve = Callable[..., int]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers that answer every connection with the same bytes; returns their port."""
    listeners: list[socket.socket] = []

    def start(answer: bytes = b"", certificate: Path | None = None) -> int:
        listener = socket.create_server((HOST, 0))
        listeners.append(listener)
        context = None
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
        threading.Thread(target=_answer_all, args=[listener, context, answer], daemon=True).start()
        port: int = listener.getsockname()[1]
        return port

    yield start
    for listener in listeners:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _answer_all(listener: socket.socket, tls: ssl.SSLContext | None, answer: bytes) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with suppress(OSError), connection:
            channel = tls.wrap_socket(connection, server_side=True) if tls else connection
            with channel:
                channel.recv(65_536)
                channel.sendall(answer)


def ask(url: str, read_timeout_s: float = 20.0) -> None:
    transport = Transport(read_address(url), read_timeout_s)
    try:
        transport.send("GET", "/me", Me)
    finally:
        transport.close()


def why(url: str, read_timeout_s: float = 20.0) -> Why:
    with pytest.raises(Unreachable) as error:
        ask(url, read_timeout_s)
    return error.value.why


def test_nothing_answers() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        assert why(f"http://{HOST}:{unused.getsockname()[1]}") is Why.CONNECTION_REFUSED


def test_a_name_that_does_not_exist() -> None:
    # No name server is asked: this is the error as the libraries wrap it.
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    wrapped = requests.ConnectionError(urllib3.exceptions.HTTPError(unknown))
    assert diagnose(wrapped).why is Why.NAME_UNKNOWN


def test_a_connection_cut_before_the_answer(serve: Serve) -> None:
    assert why(f"http://{HOST}:{serve()}") is Why.LOST


def test_a_server_that_says_nothing() -> None:
    with socket.create_server((HOST, 0)) as silent:
        url = f"http://{HOST}:{silent.getsockname()[1]}"
        assert why(url, read_timeout_s=0.05) is Why.TIMED_OUT


def test_a_server_without_tls(serve: Serve) -> None:
    port = serve(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    assert why(f"https://{HOST}:{port}") is Why.NOT_TLS


def test_a_certificate_of_an_unknown_issuer(serve: Serve, tmp_path: Path) -> None:
    port = serve(certificate=make_certificates(tmp_path, HOST).server)
    assert why(f"https://{HOST}:{port}") is Why.CERTIFICATE_UNTRUSTED


@pytest.mark.parametrize(
    ("host", "life", "reason"),
    [
        (HOST, timedelta(seconds=-1), Why.CERTIFICATE_EXPIRED),
        ("127.0.0.9", HOUR, Why.CERTIFICATE_NAME),
    ],
)
def test_a_certificate_that_is_trusted_but_wrong(
    serve: Serve,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    life: timedelta,
    reason: Why,
) -> None:
    certificates = make_certificates(tmp_path, host, life=life)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    assert why(f"https://{HOST}:{serve(certificate=certificates.server)}") is reason


def test_a_certificate_of_the_systems_own_issuer_is_trusted(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates = make_certificates(tmp_path, HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
    with pytest.raises(Misunderstood):
        ask(f"https://{HOST}:{serve(page, certificates.server)}")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: https://example.org/\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_another_program_answers(serve: Serve, answer: bytes) -> None:
    with pytest.raises(Misunderstood):
        ask(f"http://{HOST}:{serve(answer)}")


def test_a_proxy_answers_for_a_server_that_is_down(serve: Serve) -> None:
    port = serve(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
    assert why(f"http://{HOST}:{port}") is Why.UNAVAILABLE
