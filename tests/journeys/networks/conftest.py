"""A help desk on a small internet, with a customer and a technician, each behind a firewall.

The test itself runs in the technician's network: every connection it opens starts there.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import pytest
import qasync
from pytestqt.qtbot import QtBot

from tests.stage.customers.browser import trusting
from tests.stage.customers.screen_customer import Customer, customer
from tests.stage.networks.internet import HELP_DESK, Internet
from tests.stage.networks.namespace import what_is_missing
from tests.stage.networks.place import Place
from tests.stage.programs import starts_programs
from tests.stage.servers.certificates import make_certificates
from tests.stage.servers.coturn import SECRET, STUN, TCP, TLS, UDP
from tests.stage.servers.rescue_server import RealServer
from tests.stage.stories.screen_story import Story, open_story
from tests.stage.technicians.fixtures import french, qt_loop

__all__ = ["french", "qt_loop"]

WITH_TURN: Final = (
    *("--stun-urls", STUN),
    *("--turn-urls", f"{UDP},{TCP},{TLS}", "--turn-secret", SECRET),
)


@pytest.fixture(scope="package")
@starts_programs
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    missing = what_is_missing("turnserver")
    if missing:
        pytest.skip(f"no networks for tests here: {missing}")
    folder = tmp_path_factory.mktemp("network")
    certificates = make_certificates(folder, HELP_DESK)
    with Internet() as internet:
        yield Place(internet, internet.attach(), internet.attach(), certificates, folder)


@pytest.fixture(scope="package")
@starts_programs
def browser(place: Place) -> Iterator[Customer]:
    words = [trusting(place.certificates.server)]
    with customer(1280, 1024, *words, enter=place.customers.enter) as opened:
        yield opened


@pytest.fixture(scope="package")
@starts_programs
def server(
    request: pytest.FixtureRequest, place: Place, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealServer]:
    """The help desk; an indirect parameter can replace its TURN options."""
    words = getattr(request, "param", WITH_TURN)
    keys = str(place.certificates.server)
    made = RealServer(
        tmp_path_factory.mktemp("server") / "data",
        *("--host", HELP_DESK, "--tls-cert", keys, "--tls-key", keys, *words),
        verify=place.certificates.authority,
    )
    with ExitStack() as stack:
        with place.internet.middle.entered():
            stack.enter_context(made)
        yield made


@pytest.fixture
def direct_way(place: Place) -> Iterator[None]:
    """Let customer and technician reach each other for the length of a test."""
    place.internet.middle.forward(on=True)
    yield
    place.internet.middle.forward(on=False)


@pytest.fixture
def _technicians_network(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(place.certificates.authority))
    with place.technicians.entered():
        yield


@pytest.fixture
def story(
    _technicians_network: None,
    qtbot: QtBot,
    qt_loop: qasync.QEventLoop,
    server: RealServer,
    browser: Customer,
) -> Iterator[Story]:
    with open_story(Story, qtbot, qt_loop, server, browser) as opened:
        yield opened
