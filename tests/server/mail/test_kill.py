"""An accepted mail survives ``kill -9`` of the server at any moment."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.server.mail.rescue_server import RescueServer
from tests.smtp_process import WAIT_S, SmtpProcess

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def smtp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpProcess]:
    with SmtpProcess(tmp_path_factory.mktemp("mails")) as process:
        yield process


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, smtp: SmtpProcess) -> Iterator[RescueServer]:
    started = RescueServer(tmp_path_factory.mktemp("data"), smtp.url)
    yield started
    started.kill()


def wait_until_sent(server: RescueServer, session_id: str) -> dict[str, Any]:
    """Return the session's only e-mail once it is sent."""
    deadline = time.monotonic() + WAIT_S
    while True:
        [email] = server.emails(session_id)
        if email["state"] == "sent":
            return email
        assert time.monotonic() < deadline, email


def message_ids_by_recipient(smtp: SmtpProcess) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message in smtp.messages():
        found.setdefault(message["To"], []).append(message["Message-ID"])
    return found


def test_a_server_killed_at_any_step_of_delivery_delivers_after_its_start(
    server: RescueServer, smtp: SmtpProcess
) -> None:
    held = smtp.count("held")
    steps = ["connect", "mail", "rcpt", "body", "reply", "stored"]
    for number, at in enumerate(steps, start=held + 1):
        smtp.script({"at": at, "hold": True, "times": 1})
        session_id = server.make_session()
        server.send(session_id, f"{at}@example.org", key=at)
        smtp.wait_for("held", number)
        server.kill()
        smtp.release()
        server.start()
        wait_until_sent(server, session_id)
        ids = message_ids_by_recipient(smtp)[f"{at}@example.org"]
        assert len(set(ids)) == 1
        assert len(ids) <= (2 if at in ("reply", "stored") else 1)


def test_a_server_killed_the_moment_it_has_accepted_a_mail_delivers_it(
    server: RescueServer, smtp: SmtpProcess
) -> None:
    for number in range(2):
        session_id = server.make_session()
        server.send(session_id, f"quick{number}@example.org", key=f"quick{number}")
        server.kill()
        server.start()
        wait_until_sent(server, session_id)
        assert len(set(message_ids_by_recipient(smtp)[f"quick{number}@example.org"])) == 1


def test_a_burst_survives_kills_in_its_midst(server: RescueServer, smtp: SmtpProcess) -> None:
    before = smtp.count("messages")
    sessions = [server.make_session() for _ in range(40)]
    up = threading.Event()
    up.set()

    def send_all() -> None:
        for number, session_id in enumerate(sessions):
            send_through_kills(server, up, session_id, f"burst{number}@example.org")

    sender = threading.Thread(target=send_all)
    sender.start()
    for count in (3, 13, 25):
        smtp.wait_for("messages", before + count)
        up.clear()
        server.kill()
        server.start()
        up.set()
    sender.join(WAIT_S)
    assert not sender.is_alive()
    for session_id in sessions:
        wait_until_sent(server, session_id)
    ids = message_ids_by_recipient(smtp)
    for number in range(40):
        assert len(set(ids[f"burst{number}@example.org"])) == 1


def send_through_kills(
    server: RescueServer, up: threading.Event, session_id: str, recipient: str
) -> None:
    """Send as a program would: with one key, again until it was accepted."""
    while True:
        assert up.wait(WAIT_S)
        try:
            server.send(session_id, recipient, key=recipient)
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            continue
        return
