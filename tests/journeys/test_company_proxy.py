"""A technician whose server only a proxy leads to says so before signing in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH
from tests.stage.desk.steps import quit_app, sign_in, wait_until_ready
from tests.stage.networks.proxy import CompanyProxy
from tests.stage.programs import starts_programs
from tests.stage.servers.certificates import COMPANY_NAME, Certificates, make_certificates
from tests.stage.servers.keyring import keyring_session
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD, RealServer

pytestmark = pytest.mark.timeout(300)

SECRET = "anna:pass word"


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path)


@pytest.fixture
@starts_programs
def company_server(tmp_path: Path, certificates: Certificates) -> Iterator[RealServer]:
    words = ["--tls-cert", str(certificates.server), "--tls-key", str(certificates.server)]
    with RealServer(tmp_path / "data", *words, verify=certificates.authority) as running:
        yield running


def test_a_proxy_set_by_hand_leads_to_the_server_now_and_after_the_next_start(
    company_server: RealServer, home: Home, certificates: Certificates
) -> None:
    home.environment["SSL_CERT_FILE"] = str(certificates.authority)
    port = int(company_server.url.rpartition(":")[2])
    with (
        CompanyProxy(port, SECRET) as proxy,
        keyring_session(home.environment) as session,
    ):
        with Desk(session, "--server", f"https://{COMPANY_NAME}") as desk:
            desk.fill(ENGLISH.email_address, OWNER_EMAIL)
            desk.fill(ENGLISH.password, OWNER_PASSWORD)
            desk.click(ENGLISH.sign_in)
            desk.see(lambda screen: screen.can_press("Proxy"))
            desk.click("Proxy")
            desk.see_window("Proxy")
            desk.choose("Proxy", "Set by hand")
            desk.see_text("Type the proxy’s address.")
            desk.fill("Proxy address", f"http://anna:pass%20word@127.0.0.1:{proxy.port}")
            desk.press("Tab", "Proxy")
            desk.see_text("The password is kept in this computer’s keyring.")
            desk.click("Close")
            desk.see_gone("Proxy")
            sign_in(desk, ENGLISH)
            assert desk.complaints() == []
            quit_app(desk, ENGLISH)
        asked = len(proxy.heads)

        with Desk(session) as desk:
            wait_until_ready(desk, ENGLISH)
            quit_app(desk, ENGLISH)
    assert {head.split(" ", 2)[1] for head in proxy.heads} == {f"{COMPANY_NAME}:443"}
    assert len(proxy.heads) > asked > 0
    assert home.words_like(b"pass(%20| )word") == []
