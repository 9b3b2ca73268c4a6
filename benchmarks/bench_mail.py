"""Mails from the Rescue server to a real SMTP server: how soon one arrives, how many per second."""

import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.figures import milliseconds, percentile
from benchmarks.result import Result
from rescue_console.server.rules.post.outbox import SESSION_MAX
from tests.stage.servers.rescue_server import Asker, RealServer
from tests.stage.servers.smtp import SmtpProcess

SINGLE = 10
MAILS = 300
CLIENTS = 4


def measure() -> list[Result]:
    """Send mails one by one, then many at once; the mail server reports when it has them."""
    with tempfile.TemporaryDirectory() as name, _mail_server(Path(name)) as smtp:
        options = ["--smtp-url", f"{smtp.url}?from=support@help.example"]
        options += ["--mails-per-hour", "100000"]
        with RealServer(Path(name) / "data", *options) as server:
            session_id = server.owner.create_session("email", name="Jean Dupont")["id"]
            delays = [_one(server.owner, session_id, smtp, number) for number in range(SINGLE)]
            rate, accepted = _many(server, smtp)
    return [
        Result(
            "one mail, from accepted (202) to taken by the mail server",
            "",
            f"p50 {milliseconds(percentile(delays, 50))}, slowest {milliseconds(max(delays))}",
            None,
        ),
        Result(
            f"{MAILS} mails, from the first call to the last one taken",
            "",
            f"{rate:.0f} a second ({accepted:.0f} a second accepted)",
            None,
        ),
    ]


def _mail_server(folder: Path) -> SmtpProcess:
    mails = folder / "mails"
    mails.mkdir()
    return SmtpProcess(mails)


def _one(asker: Asker, session_id: str, smtp: SmtpProcess, number: int) -> float:
    _send(asker, session_id)
    accepted = time.monotonic()
    smtp.wait_for("messages", number + 1)
    return time.monotonic() - accepted


def _many(server: RealServer, smtp: SmtpProcess) -> tuple[float, float]:
    """Return how many mails per second reached the mail server, and how many were accepted."""
    askers = [server.asker(server.owner.access_token) for _ in range(CLIENTS)]

    # One session may send no more than this.
    sessions = [
        server.owner.create_session("email", name="Jean Dupont")["id"]
        for _ in range(MAILS // SESSION_MAX)
    ]

    def send_share(asker: Asker) -> None:
        for number in range(MAILS // CLIENTS):
            _send(asker, sessions[number // (SESSION_MAX // CLIENTS)])

    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(send_share, askers))
    accepted = time.monotonic()
    smtp.wait_for("messages", SINGLE + MAILS)
    taken = time.monotonic()
    return MAILS / (taken - began), MAILS / (accepted - began)


def _send(asker: Asker, session_id: str) -> None:
    answer = asker.post(
        f"/sessions/{session_id}/emails",
        json={"to": "jean.dupont@customer.example"},
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )
    assert answer.status_code == 202, answer.text
