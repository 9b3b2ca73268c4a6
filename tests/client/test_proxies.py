"""REST and event stream to a server that only the company's proxy knows."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import aclosing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from rescue_console.client.account import open_with_password
from rescue_console.client.events import Connecting, EventStream, Offline
from rescue_console.client.transport import Transport
from rescue_console.desktop.words.error import error_text, offline_text
from rescue_console.network.errors import Misunderstood, Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.protocol.events import Hello
from tests.stage.networks.proxy import CompanyProxy
from tests.stage.servers.certificates import make_certificates
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_NAME, OWNER_PASSWORD, RealServer

SERVER = read_address("http://help.example")
SECRET = "an@na:pä:€"
IN_ADDRESS = "an%40na:p%C3%A4%3A%E2%82%AC@"


def port_of(server: RealServer) -> int:
    return int(server.url.rpartition(":")[2])


def use(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", f"http://{proxy}")


@pytest.fixture
def proxy(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[CompanyProxy]:
    with CompanyProxy(port_of(server), SECRET) as proxy:
        use(monkeypatch, f"{IN_ADDRESS}127.0.0.1:{proxy.port}")
        yield proxy


async def first(stream: EventStream) -> object:
    async with aclosing(stream.follow()) as follow:
        async for happening in follow:
            if not isinstance(happening, Connecting):
                return happening
    return None


async def test_rest_and_stream_go_through_the_proxy_with_its_password(
    proxy: CompanyProxy,
) -> None:
    account = open_with_password(SERVER, OWNER_EMAIL, OWNER_PASSWORD, None)
    assert account.me.name == OWNER_NAME
    assert isinstance(await first(account.events()), Hello)
    account.close()
    assert {head.split()[0] for head in proxy.heads} >= {"POST", "GET", "CONNECT"}


async def test_netrc_never_takes_the_place_of_the_sign_in(
    proxy: CompanyProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine help.example login backup password x\ndefault login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    account = open_with_password(SERVER, OWNER_EMAIL, OWNER_PASSWORD, None)
    assert account.api.me().name == OWNER_NAME
    account.close()
    assert "\nAuthorization: Bearer " in proxy.heads[-1]
    assert not any("\nAuthorization: Basic" in head for head in proxy.heads)


@pytest.mark.parametrize(
    ("server_url", "secret", "status", "why"),
    [
        ("http://help.example", "other:secret", 0, Why.PROXY_SIGN_IN),
        ("https://help.example", "other:secret", 0, Why.PROXY_SIGN_IN),
        # Over plain HTTP nobody can tell a proxy's 403 from a server's.
        ("https://help.example", SECRET, 403, Why.PROXY_REFUSED),
    ],
)
def test_a_proxy_that_lets_nothing_through_is_named(
    server: RealServer,
    monkeypatch: pytest.MonkeyPatch,
    server_url: str,
    secret: str,
    status: int,
    why: Why,
) -> None:
    with CompanyProxy(port_of(server), secret, status) as proxy:
        use(monkeypatch, f"{IN_ADDRESS}127.0.0.1:{proxy.port}")
        monkeypatch.setenv("HTTPS_PROXY", f"http://{IN_ADDRESS}127.0.0.1:{proxy.port}")
        transport = Transport(read_address(server_url))
        with pytest.raises(Unreachable) as error:
            transport.send("GET", "/me", type(None))
        transport.close()
    shown = f"127.0.0.1:{proxy.port}"
    assert (error.value.why, error.value.proxy) == (why, shown)
    assert shown in error_text(error.value)


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_an_issuer_from_a_file_is_trusted_behind_the_proxy_and_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    certificates = make_certificates(tmp_path, "192.0.2.7")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.server)
    web = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    monkeypatch.setenv(name, str(certificates.authority))
    with CompanyProxy(web.server_port) as proxy:
        use(monkeypatch, f"127.0.0.1:{proxy.port}")
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        for address in ("https://192.0.2.7", f"https://localhost:{web.server_port}"):
            transport = Transport(read_address(address))
            # It answers, so it was trusted; what it answers is not of our protocol.
            with pytest.raises(Misunderstood, match="HTTP 501"):
                transport.send("GET", "/me", type(None))
            transport.close()
    web.shutdown()
    web.server_close()
    assert len(proxy.heads) == 1


async def test_a_proxy_that_is_away_is_named_by_rest_and_stream(
    server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CompanyProxy(port_of(server)) as proxy:
        use(monkeypatch, f"127.0.0.1:{proxy.port}")
        account = open_with_password(SERVER, OWNER_EMAIL, OWNER_PASSWORD, None)
    transport = Transport(SERVER)
    with pytest.raises(Unreachable) as error:
        transport.send("GET", "/me", type(None))
    transport.close()
    offline = await first(account.events())
    account.close()
    shown = f"127.0.0.1:{proxy.port}"
    assert (error.value.why, error.value.proxy) == (Why.PROXY_UNREACHABLE, shown)
    assert isinstance(offline, Offline)
    assert (offline.why, offline.proxy) == (Why.PROXY_UNREACHABLE, shown)
    assert shown in offline_text(offline.why, offline.proxy)
