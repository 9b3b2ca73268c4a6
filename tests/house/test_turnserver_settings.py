"""The shipped settings of coturn, in a real one: what somebody with credentials may reach."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rescue_console.protocol.answers import IceServer
from rescue_console.server.rules.helping.ice import CREDENTIAL_LIFE, IceSettings, ice_servers
from tests.stage.checkout import ROOT
from tests.stage.programs import starts_programs
from tests.stage.servers.certificates import Certificates, make_certificates
from tests.stage.servers.coturn import SECRET, SETTINGS, Coturn, edited
from tests.stage.servers.turn_client import OK, TCP_RELAY, TurnClient
from tests.stage.until import until

if sys.platform == "win32":
    pytest.skip("coturn runs on Unix", allow_module_level=True)

import grp

FORBIDDEN_IP = 403
REFUSED = 401
QUOTA = 486

FORBIDDEN = [
    *("0.0.0.0", "0.1.2.3"),
    *("10.0.0.0", "10.0.0.1", "10.255.255.255"),
    *("100.64.0.0", "100.100.100.200", "100.127.255.255"),
    *("127.0.0.1", "127.0.0.53", "127.255.255.255"),
    *("169.254.0.0", "169.254.169.254", "169.254.170.2", "169.254.255.255"),
    *("172.16.0.0", "172.17.0.1", "172.31.255.255"),
    *("192.0.0.1", "192.0.0.192", "192.0.2.2", "192.88.99.1"),
    *("192.168.0.0", "192.168.1.1", "192.168.255.255"),
    *("198.18.0.0", "198.19.255.255", "198.51.100.9", "203.0.113.9"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    "168.63.129.16",
]
FORBIDDEN_6 = [
    *("::", "::1", "::2", "::127.0.0.1", "::10.0.0.1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::ffff:9.9.9.9"),
    *("::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::9.9.9.9"),
    *("64:ff9b:1::1", "100::1", "1fff:ffff::1"),
    *("2001::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::", "3fff::1"),
    *("4000::1", "5f00::1", "fc00::", "fc00::1", "fd00:ec2::254", "fdff:ffff::1"),
    *("fe80::1", "fe80::a9fe:a9fe", "febf:ffff::1", "fec0::1", "ff02::1", "ff0e::1"),
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
]
OPEN = ["9.9.9.9", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "223.255.255.1"]
OPEN_6 = ["2620:fe::fe", "2001:200::1", "2a00::1"]


def credentials(left: timedelta = CREDENTIAL_LIFE) -> IceServer:
    """Return what the server would give, of which *left* is left."""
    settings = IceSettings(turn_urls=("turn:any",), turn_secret=SECRET)
    now = datetime.now(UTC) - CREDENTIAL_LIFE + left
    return ice_servers(settings, "session", now).items[0]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
@starts_programs
def coturn(
    tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[Coturn]:
    with Coturn(None, tmp_path_factory.mktemp("coturn"), certificates) as running:
        yield running


@pytest.fixture
def client(coturn: Coturn) -> Iterator[TurnClient]:
    """A customer who has credentials and a relay for IPv4."""
    with TurnClient(("127.0.0.1", coturn.port), credentials()) as connected:
        assert connected.allocate() == OK
        yield connected


@pytest.fixture
def client_6(coturn: Coturn) -> Iterator[TurnClient]:
    """A customer who has credentials and a relay for IPv6."""
    with TurnClient(("127.0.0.1", coturn.port), credentials()) as connected:
        assert connected.allocate(ipv6=True) == OK
        yield connected


def test_no_address_that_is_not_public_can_be_reached(client: TurnClient) -> None:
    assert {host: client.permit(host) for host in FORBIDDEN} == dict.fromkeys(
        FORBIDDEN, FORBIDDEN_IP
    )
    assert {host: client.bind(host) for host in FORBIDDEN} == dict.fromkeys(FORBIDDEN, FORBIDDEN_IP)


def test_no_such_address_of_ipv6_can_be_reached(client_6: TurnClient) -> None:
    assert {host: client_6.permit(host) for host in FORBIDDEN_6} == dict.fromkeys(
        FORBIDDEN_6, FORBIDDEN_IP
    )
    assert {host: client_6.bind(host) for host in FORBIDDEN_6} == dict.fromkeys(
        FORBIDDEN_6, FORBIDDEN_IP
    )


def test_public_addresses_can_be_reached(client: TurnClient, client_6: TurnClient) -> None:
    assert {host: client.permit(host) for host in OPEN} == dict.fromkeys(OPEN, OK)
    assert {host: client_6.permit(host) for host in OPEN_6} == dict.fromkeys(OPEN_6, OK)


@pytest.mark.parametrize("ipv6", [False, True])
def test_nobody_gets_a_relay_for_tcp(coturn: Coturn, ipv6: bool) -> None:
    for tcp in (True, False):
        with TurnClient(("127.0.0.1", coturn.port), credentials(), tcp=tcp) as client:
            assert client.allocate(transport=TCP_RELAY, ipv6=ipv6) not in (OK, REFUSED)


async def test_a_relay_in_use_outlives_its_credentials_which_make_no_other(coturn: Coturn) -> None:
    address, given = ("127.0.0.1", coturn.port), credentials(timedelta(seconds=3))
    ends = int((given.username or "").partition(":")[0])
    with TurnClient(address, given) as early, TurnClient(address, given) as late:
        assert early.allocate() == OK
        await until(lambda: datetime.now(UTC).timestamp() > ends + 1.5)
        assert late.allocate() == REFUSED
        assert early.refresh() == OK
        assert early.permit("9.9.9.9") == OK


@pytest.mark.starts_programs
def test_one_session_cannot_take_all_relays(tmp_path: Path, certificates: Certificates) -> None:
    with Coturn(None, tmp_path, certificates, more={"user-quota": "2"}) as small:
        made = [TurnClient(("127.0.0.1", small.port), credentials()) for _ in range(3)]
        got = [client.allocate() for client in made]
        for client in made:
            client.__exit__(None, None, None)
    assert got == [OK, OK, QUOTA]
    assert "user-quota=" in SETTINGS.read_text("utf-8")


# The certificate, for a coturn that is not root


@pytest.fixture
def debian() -> Iterator[Path]:
    """A folder in which the user of Debian's coturn may read what is meant for it."""
    if os.geteuid() != 0:
        pytest.skip("only root may start programs as somebody else")
    folder = Path(tempfile.mkdtemp(prefix="rescue-turn-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def renewed(debian: Path) -> "Renewal":
    return Renewal(debian)


class Renewal:
    """Certbot, which has just renewed a certificate."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lineage = folder / "letsencrypt" / "live" / "help.example"
        self.lineage.mkdir(parents=True)
        (folder / "letsencrypt").chmod(0o700)
        self.copies = folder / "copies"
        self.files = {
            "cert": str(self.copies / "fullchain.pem"),
            "pkey": str(self.copies / "privkey.pem"),
        }
        self.settings = folder / "turnserver.conf"
        self.settings.write_text(edited({"realm": "help.example", **self.files}), "utf-8")
        self.calls = folder / "calls"
        self.calls.touch()
        commands = folder / "bin"
        commands.mkdir()
        systemctl = commands / "systemctl"
        systemctl.write_text(f'#!/bin/sh\necho "$*" >>"{self.calls}"\n', "utf-8")
        systemctl.chmod(0o755)
        self._path = f"{commands}:{os.environ['PATH']}"

    def run(self, lineage: Path | None = None) -> Certificates:
        """Renew the certificate and run the hook, as certbot does."""
        made = make_certificates(self.folder)
        for name in ("fullchain.pem", "privkey.pem"):
            (self.lineage / name).write_bytes(made.server.read_bytes())
        env = {
            "PATH": self._path,
            "RENEWED_LINEAGE": str(lineage or self.lineage),
            "TURN_CONFIGURATION": str(self.settings),
        }
        subprocess.run([ROOT / "deploy" / "turn_certificate.sh"], env=env, check=True, timeout=60)
        return made


def served(coturn: Coturn, authority: Path) -> bytes:
    """Return the certificate that coturn shows over TLS, checked."""
    context = ssl.create_default_context(cafile=str(authority))
    with (
        socket.create_connection(("127.0.0.1", coturn.tls_port), timeout=20) as connection,
        context.wrap_socket(connection, server_hostname="localhost") as encrypted,
    ):
        return encrypted.getpeercert(binary_form=True) or b""


def is_served(coturn: Coturn, authority: Path) -> bool:
    """Tell whether coturn shows a certificate of this authority."""
    try:
        return bool(served(coturn, authority))
    except ssl.SSLCertVerificationError:
        return False


@pytest.mark.starts_programs
def test_debians_user_and_nobody_else_may_read_the_key(renewed: Renewal) -> None:
    renewed.run()
    for path, mode in ((renewed.copies, 0o750), (renewed.copies / "privkey.pem", 0o640)):
        found = path.stat()
        assert (found.st_mode & 0o777, found.st_uid) == (mode, 0)
        assert grp.getgrgid(found.st_gid).gr_name == "turnserver"
    assert "kill --signal=SIGUSR2 coturn" in renewed.calls.read_text("utf-8")


@pytest.mark.starts_programs
async def test_debians_user_serves_tls_and_takes_a_renewed_certificate(renewed: Renewal) -> None:
    made = renewed.run()
    files = renewed.folder / "files"
    files.mkdir()
    shutil.chown(files, "turnserver", "turnserver")
    with Coturn(None, files, made, user="turnserver", more=renewed.files) as coturn:
        first = served(coturn, made.authority)
        again = renewed.run()
        os.kill(coturn.pid, signal.SIGUSR2)
        await until(lambda: is_served(coturn, again.authority))
        assert served(coturn, again.authority) != first


@pytest.mark.starts_programs
def test_the_certificate_of_another_name_is_left_alone(renewed: Renewal) -> None:
    other = renewed.lineage.with_name("other.example")
    other.mkdir()
    renewed.run(other)
    assert not renewed.copies.exists()
    assert renewed.calls.read_text("utf-8") == ""
