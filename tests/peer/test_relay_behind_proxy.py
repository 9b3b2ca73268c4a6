"""The relay behind a company's proxy: both ends go through it, also with TLS and an own issuer."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import pytest

from rescue_console.applet.arriving.joining import link_of_pin
from rescue_console.applet.link.live import Live
from rescue_console.network.errors import Unreachable, Why
from rescue_console.network.server_address import ServerAddress, read_address
from rescue_console.network.tls import tls_context
from rescue_console.network.way_out import Proxy, choose, read_proxy
from rescue_console.peer.relay import PeerGone
from rescue_console.protocol.channel import ClipboardChanged
from rescue_console.protocol.customer import CustomerState
from tests.stage.applets.relay_end import RelayEnd, arrange
from tests.stage.networks.proxy import CompanyProxy
from tests.stage.programs import starts_programs
from tests.stage.servers.certificates import COMPANY_NAME, Certificates, make_certificates
from tests.stage.servers.rescue_server import RealServer
from tests.stage.servers.system_store import install_authority

SECRET = "an@na:pä:€"
IN_ADDRESS = "an%40na:p%C3%A4%3A%E2%82%AC@"
SECURE = read_address(f"https://{COMPANY_NAME}")


@dataclass
class Company:
    """A server with TLS that only the company's proxy leads to, with an issuer of its own."""

    server: RealServer
    certificates: Certificates


@pytest.fixture(scope="module")
@starts_programs
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    folder = tmp_path_factory.mktemp("company")
    made = make_certificates(folder)
    words = ["--tls-cert", str(made.server), "--tls-key", str(made.server)]
    with RealServer(folder / "data", *words, verify=made.authority) as running:
        yield Company(running, made)


@pytest.fixture(autouse=True)
def _nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    yield
    choose(None)


def port_of(server: RealServer) -> int:
    return int(server.url.rpartition(":")[2])


async def meet(
    server: RealServer, address: ServerAddress, tls: ssl.SSLContext | None, folder: Path
) -> str:
    """Bring both ends of a relay together; return what the console hears from the applet."""
    meeting = arrange(server, folder, address=address, tls=tls)
    console = RelayEnd(meeting, folder, console=True, address=address, tls=tls)
    applet = RelayEnd(meeting, folder, console=False, address=address, tls=tls)
    async with console.open(), applet.open():
        await applet.until(lambda: bool(applet.met and console.met))
        applet.relay.post(ClipboardChanged(text="through the proxy"))
        await console.until(lambda: bool(console.heard))
    (heard,) = console.heard
    assert isinstance(heard, ClipboardChanged)
    return heard.text


def by_environment(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("HTTPS_PROXY", proxy)


def by_hand(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    by_environment(monkeypatch, "http://not-this-one.example")
    choose(lambda: read_proxy(proxy))


@pytest.mark.parametrize("way", [by_environment, by_hand])
async def test_both_ends_of_the_relay_go_through_the_proxy(
    way: Callable[[pytest.MonkeyPatch, str], None],
    server: RealServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with CompanyProxy(port_of(server), SECRET) as proxy:
        way(monkeypatch, f"http://{IN_ADDRESS}127.0.0.1:{proxy.port}")
        heard = await meet(server, read_address("http://help.example"), None, tmp_path)
    assert heard == "through the proxy"
    tunnels = [head for head in proxy.heads if head.startswith("CONNECT help.example:80 ")]
    assert len(tunnels) == 2


async def test_looking_for_the_proxy_stops_nothing_else(
    server: RealServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = list[threading.Thread]()
    with CompanyProxy(port_of(server)) as proxy:

        def by_a_slow_system() -> Proxy:
            asking.append(threading.current_thread())
            return read_proxy(f"http://127.0.0.1:{proxy.port}")

        choose(by_a_slow_system)
        address = read_address("http://help.example")
        meeting = await asyncio.to_thread(arrange, server, tmp_path, address=address)
        asking.clear()
        end = RelayEnd(meeting, tmp_path, console=True, address=address)
        async with end.open():
            await end.until(lambda: bool(asking))
        async with aclosing(Live(address, meeting.applet_token, "en", None).follow()) as said:
            assert isinstance(await anext(said), CustomerState)
    assert len(asking) >= 2
    assert threading.current_thread() not in asking


async def test_both_ends_go_through_the_proxy_with_tls(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificates.authority))
    with CompanyProxy(port_of(company.server), SECRET) as proxy:
        by_environment(monkeypatch, f"http://{IN_ADDRESS}127.0.0.1:{proxy.port}")
        heard = await meet(company.server, SECURE, tls_context(), tmp_path)
    assert heard == "through the proxy"
    assert {head.split(" ", 2)[1] for head in proxy.heads} == {f"{COMPANY_NAME}:443"}


async def test_a_relay_that_a_proxy_does_not_let_through_counts_as_lost(
    server: RealServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = arrange(server, tmp_path)
    with CompanyProxy(port_of(server), SECRET) as proxy:
        by_environment(monkeypatch, f"http://127.0.0.1:{proxy.port}")
        address = read_address("http://help.example")
        end = RelayEnd(meeting, tmp_path, console=False, address=address)
        async with aclosing(end.relay.follow()) as happenings:
            assert isinstance(await anext(happenings), PeerGone)
    end.threads.shutdown()
    assert proxy.heads


@pytest.mark.parametrize("place", ["file", "system", "bundle"])
async def test_the_applet_trusts_an_issuer_from_a_file_and_from_the_systems_store(
    place: str, company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = company.certificates.authority
    if place == "file":
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    elif place == "system":
        monkeypatch.setenv("SSL_CERT_DIR", str(install_authority(authority, tmp_path / "certs")))
    else:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
    server = read_address(company.server.url)
    session = company.server.owner.create_session("pin")
    link = link_of_pin(server, session["code"], tls_context())
    meeting = arrange(company.server, tmp_path, tls=tls_context())
    assert link.code == session["code"]
    async with aclosing(Live(server, meeting.applet_token, "en", tls_context()).follow()) as said:
        assert isinstance(await anext(said), CustomerState)


def test_the_applet_trusts_no_issuer_that_nobody_has_installed(company: Company) -> None:
    with pytest.raises(Unreachable) as error:
        link_of_pin(read_address(company.server.url), "618689", tls_context())
    assert error.value.why is Why.CERTIFICATE_UNTRUSTED
