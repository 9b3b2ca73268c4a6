"""The console finds out which TURN server it can use, and what is wrong with the others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from rescue_console.desktop.media.relays import RelayState, find_ways
from rescue_console.protocol.answers import IceServer
from rescue_console.server.rules.helping.ice import CREDENTIAL_LIFE, IceSettings, ice_servers
from tests.stage.networks.internet import HELP_DESK, block_udp
from tests.stage.networks.place import Place
from tests.stage.servers.coturn import SECRET, STUN, TCP, TLS, UDP, Coturn
from tests.stage.servers.turn_client import OK, TurnClient

PRIVATE = ("10.77.1.1", "10.77.1.2", "10.77.2.1", "10.77.2.2", "127.0.0.1")
"""The small internet's networks, and the machine of the relay itself."""


@pytest.fixture(scope="module")
def _coturn(place: Place) -> Iterator[None]:
    with Coturn(place.internet.middle, place.folder / "relays", place.certificates):
        yield


@pytest.fixture(autouse=True)
def _inside(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the test's sockets in the technician's network."""
    monkeypatch.setenv("SSL_CERT_FILE", str(place.certificates.authority))
    with place.technicians.entered():
        yield


def offered(*urls: str, secret: str = SECRET, age: timedelta = timedelta()) -> list[IceServer]:
    """Return the ICE servers that the Rescue server would have offered *age* ago."""
    settings = IceSettings(stun_urls=(STUN,), turn_urls=urls, turn_secret=secret)
    return ice_servers(settings, "session", datetime.now(UTC) - age).items


def urls(servers: list[IceServer]) -> list[str]:
    return [url for server in servers for url in server.urls]


@pytest.mark.usefixtures("_coturn")
async def test_the_first_address_that_works_is_kept_with_stun() -> None:
    ways = await find_ways(offered(UDP, TCP, TLS))
    assert ways.relay is RelayState.READY
    assert urls(ways.servers) == [STUN, UDP]


@pytest.mark.usefixtures("_coturn")
@pytest.mark.parametrize("url", [UDP, TCP, TLS])
async def test_each_transport_works(url: str) -> None:
    ways = await find_ways(offered(url))
    assert urls(ways.servers) == [STUN, url]


@pytest.mark.usefixtures("_coturn")
async def test_where_udp_is_dropped_the_next_address_is_kept_without_stun(place: Place) -> None:
    block_udp(place.technicians)
    try:
        ways = await find_ways(offered(UDP, TLS, TCP))
    finally:
        block_udp(place.technicians, on=False)
    assert ways.relay is RelayState.READY
    assert urls(ways.servers) in ([TLS], [TCP])


@pytest.mark.usefixtures("_coturn")
async def test_credentials_that_have_expired_are_refused() -> None:
    ways = await find_ways(offered(UDP, age=CREDENTIAL_LIFE + timedelta(minutes=1)))
    assert ways.relay is RelayState.REFUSED
    assert urls(ways.servers) == [STUN]


@pytest.mark.usefixtures("_coturn")
async def test_credentials_made_from_another_secret_are_refused() -> None:
    ways = await find_ways(offered(TCP, secret="another secret"))
    assert ways.relay is RelayState.REFUSED


@pytest.mark.usefixtures("_coturn")
async def test_a_refusal_is_reported_rather_than_silence() -> None:
    nobody = f"turn:{HELP_DESK}:9?transport=tcp"
    ways = await find_ways(offered(nobody, TCP, secret="another secret"))
    assert ways.relay is RelayState.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        f"turn:{HELP_DESK}:9?transport=udp",
        f"turn:{HELP_DESK}:9?transport=tcp",
        "turn:::",
    ],
)
async def test_an_address_where_nobody_answers_is_left_out(url: str) -> None:
    ways = await find_ways(offered(url))
    assert ways.relay is RelayState.SILENT
    assert urls(ways.servers) == [STUN]


async def test_without_turn_there_is_nothing_to_ask() -> None:
    ways = await find_ways(offered())
    assert ways.relay is RelayState.NONE
    assert urls(ways.servers) == [STUN]


def exchange(address: tuple[str, int]) -> None:
    """Have two customers with relays send each other something, and try the private networks."""
    settings = IceSettings(turn_urls=(TCP,), turn_secret=SECRET)
    (given,) = ice_servers(settings, "session", datetime.now(UTC)).items
    with TurnClient(address, given, tcp=True) as one, TurnClient(address, given) as other:
        for client in (one, other):
            assert client.allocate() == OK
            assert client.permit(HELP_DESK) == OK
            assert {client.permit(host) for host in PRIVATE} == {403}
        one.send(other.relayed, b"a picture")
        assert other.receive() == (one.relayed, b"a picture")
        other.send(one.relayed, b"thanks")
        assert one.receive() == (other.relayed, b"thanks")


@pytest.mark.usefixtures("_coturn")
def test_two_relays_reach_each_other_and_neither_of_the_private_networks() -> None:
    exchange((HELP_DESK, 3478))


def test_so_do_two_relays_of_a_server_behind_a_router(place: Place) -> None:
    own = "10.88.0.1"
    place.internet.middle.run(f"ip address add {own}/32 dev lo")
    more = {
        "listening-ip": own,
        "relay-ip": own,
        "external-ip": f"{HELP_DESK}/{own}",
        "allowed-peer-ip": [],
    }
    folder = place.folder / "behind a router"
    with Coturn(place.internet.middle, folder, place.certificates, more=more):
        exchange((own, 3478))
