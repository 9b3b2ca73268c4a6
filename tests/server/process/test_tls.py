"""https and wss served by the server itself."""

import json
import socket
import ssl
from collections.abc import Iterator

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from websockets.sync.client import connect

from tests.stage.programs import starts_programs
from tests.stage.servers.certificates import Certificates
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S


@pytest.fixture(scope="module")
@starts_programs
def server(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[RealServer]:
    folder = tmp_path_factory.mktemp("tls")
    words = ["--tls-cert", str(certificates.server), "--tls-key", str(certificates.server)]
    with RealServer(folder / "data", *words, verify=certificates.authority) as running:
        yield running


def test_it_serves_https(server: RealServer) -> None:
    assert server.url.startswith("https://127.0.0.1:")
    assert server.owner.get("/me").json()["server"]["public_url"] == server.url


def test_plain_http_is_not_answered(server: RealServer) -> None:
    with pytest.raises(requests.ConnectionError):
        server.asker().get(server.url.replace("https", "http"))


def test_the_event_stream_is_there_over_wss(server: RealServer, certificates: Certificates) -> None:
    trusted = ssl.create_default_context(cafile=str(certificates.authority))
    with connect(server.events_url, ssl=trusted, proxy=None, open_timeout=WAIT_S) as console:
        console.send(json.dumps({"kind": "subscribe", "access_token": server.owner.access_token}))
        assert json.loads(console.recv(WAIT_S))["kind"] == "hello"


def test_pages_ask_browsers_to_use_https_from_now_on(server: RealServer) -> None:
    page = server.asker().get(f"{server.url}/")
    assert int(page.headers["strict-transport-security"].removeprefix("max-age=")) >= 15_552_000


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/me", "/api/v1/openapi.json", "/no/such"])
def test_every_answer_asks_browsers_to_use_https(server: RealServer, path: str) -> None:
    answer = server.asker().get(f"{server.url}{path}")
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_even_a_refusal_at_the_door_asks_browsers_to_use_https(server: RealServer) -> None:
    answer = server.asker().get(f"{server.url}/", headers={"X-Long": "a" * 40_000})
    assert answer.status_code == 431
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_a_browser_that_does_not_answer_the_closing_of_tls_does_not_keep_the_server(
    server: RealServer, certificates: Certificates
) -> None:
    trusted = ssl.create_default_context(cafile=str(certificates.authority))
    port = int(server.url.rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port), WAIT_S) as plain,
        trusted.wrap_socket(plain, server_hostname="127.0.0.1") as kept,
    ):
        kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert kept.recv(4_096).startswith(b"HTTP/1.1 200")
        server.stop()  # which would fail if the log mentioned an exceeded timeout
        server.start()


def test_cookies_are_for_https_only(server: RealServer) -> None:
    link = server.owner.create_session()["link"]
    assert link.startswith(server.url)
    code, key = (part.partition("=")[2] for part in link.split("&")[-2:])
    joined = server.asker().post(
        f"{server.url}/Customer/Join", data={"code": code, "key": key}, allow_redirects=False
    )
    cookie = joined.headers["set-cookie"]
    assert joined.status_code == 303
    for flag in ("Secure", "HttpOnly", "SameSite=strict"):
        assert flag in cookie


@pytest.mark.starts_programs
def test_an_encrypted_key_is_refused_without_asking_for_its_password(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> None:
    folder = tmp_path_factory.mktemp("locked")
    key = serialization.load_pem_private_key(certificates.server.read_bytes(), None)
    locked = folder / "locked.pem"
    locked.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"password"),
        )
    )
    words = ["--tls-cert", str(certificates.server), "--tls-key", str(locked)]
    server = RealServer(folder / "data", *words, make_owner=False)
    with pytest.raises(RuntimeError, match=r"rescue-server: The certificate .* cannot be used"):
        server.start()
