"""Viewing a 1920×1080 screen over a bad link, compared with a good one.

Customer, console and server have a network each; only the customer's link differs. There is no
budget: the figures show what is possible over such a link.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.bad_link import BYTES_PER_S, DELAY_S, LOST
from benchmarks.bench_screen import HEIGHT, WIDTH, Seen, view
from benchmarks.figures import milliseconds, percentile
from benchmarks.result import Result
from tests.stage.customers.browser import trusting
from tests.stage.customers.screen_customer import customer
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.networks.internet import HELP_DESK, Internet
from tests.stage.networks.namespace import Namespace, what_is_missing
from tests.stage.servers.certificates import Certificates, make_certificates
from tests.stage.servers.rescue_server import RealServer

GOOD = "good link"
BAD = f"{milliseconds(DELAY_S)} each way, {LOST:.0%} lost, {BYTES_PER_S * 8 / 1e6:.0f} Mbit/s"
STOP_S = 20.0


def measure() -> list[Result]:
    """View over a good link, then over the bad one."""
    missing = what_is_missing()
    if missing:
        return [Result("screen over a bad link", "", f"not measured: {missing}", None)]
    with tempfile.TemporaryDirectory() as folder, Internet() as internet, ExitStack() as stack:
        internet.middle.forward(on=True)
        technicians, good = internet.attach(), internet.attach()
        certificates = make_certificates(Path(folder), HELP_DESK)
        server = _server(Path(folder), certificates)
        with internet.middle.entered():
            stack.enter_context(server)
        bad = stack.enter_context(_bad_link(internet.middle))
        return [
            result
            for name, customers in ((GOOD, good), (BAD, bad))
            for result in _results(name, _see(server, certificates, customers, technicians))
        ]


def _server(folder: Path, certificates: Certificates) -> RealServer:
    keys = str(certificates.server)
    words = ["--host", HELP_DESK, "--tls-cert", keys, "--tls-key", keys]
    return RealServer(folder / "data", *words, verify=certificates.authority)


@contextmanager
def _bad_link(middle: Namespace) -> Iterator[Namespace]:
    """Yield a network that reaches the others only through the bad link."""
    with Namespace() as private:
        ends = [str(middle.pid), "10.78.0.1", str(private.pid), "10.78.0.2"]
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bad_link", *ends],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as link:
            assert link.stdout is not None
            assert link.stdout.readline() == "ready\n"
            private.run("ip route add default via 10.78.0.1")
            yield private
            link.communicate(timeout=STOP_S)


def _see(
    server: RealServer, certificates: Certificates, customers: Namespace, technicians: Namespace
) -> Seen:
    trust = {"SSL_CERT_FILE": str(certificates.authority)}
    words = [trusting(certificates.server)]
    with (
        customer(WIDTH, HEIGHT, *words, enter=customers.enter) as person,
        virtual_display(WIDTH + 80, HEIGHT + 220) as screen,
        technicians.entered(),
    ):
        session = server.owner.create_session(name="Jean Dupont")
        person.join(session["link"])
        server.owner.post(f"/sessions/{session['id']}/start").raise_for_status()
        return view(server, session["id"], person, screen | trust)


def _results(name: str, seen: Seen) -> list[Result]:
    median, p95 = percentile(seen.delays, 50), percentile(seen.delays, 95)
    return [
        Result(f"{name}: painted frames per second", "", f"{seen.frames:.1f}", None),
        Result(
            f"{name}: from a change there to its pixels here",
            "",
            f"median {milliseconds(median)}, p95 {milliseconds(p95)}",
            None,
        ),
    ]
