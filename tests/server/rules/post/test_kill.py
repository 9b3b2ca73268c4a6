"""An accepted mail survives ``kill -9`` of the server at any moment."""

import threading
from collections.abc import Iterator

import pytest
import requests

from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.servers.smtp import SmtpProcess
from tests.stage.until import WAIT_S, wait_until

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
@starts_programs
def smtp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpProcess]:
    with SmtpProcess(tmp_path_factory.mktemp("mails")) as process:
        yield process


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory, smtp: SmtpProcess) -> Iterator[RealServer]:
    data = tmp_path_factory.mktemp("server") / "data"
    with RealServer(data, "--smtp-url", smtp.url) as started:
        yield started


def send(server: RealServer, session_id: str, recipient: str, *, key: str) -> None:
    """Hand an e-mail to the mail API; returns once it is accepted.

    Raises:
        requests.ConnectionError: the server died before it answered.
    """
    path, headers = f"/sessions/{session_id}/emails", {"Idempotency-Key": key}
    answer = server.owner.post(path, json={"to": recipient}, headers=headers)
    assert answer.status_code == 202, answer.text


def wait_until_sent(server: RealServer, session_id: str) -> None:
    """Wait until the session's only e-mail is sent."""

    def sent() -> bool:
        [email] = server.owner.get(f"/sessions/{session_id}/emails").json()["items"]
        return bool(email["state"] == "sent")

    wait_until(sent)


def message_ids_by_recipient(smtp: SmtpProcess) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message in smtp.messages():
        found.setdefault(message["To"], []).append(message["Message-ID"])
    return found


def test_a_server_killed_at_any_step_of_delivery_delivers_after_starting_again(
    server: RealServer, smtp: SmtpProcess
) -> None:
    held = smtp.count("held")
    steps = ["connect", "mail", "rcpt", "body", "reply", "stored"]
    for number, at in enumerate(steps, start=held + 1):
        smtp.script({"at": at, "hold": True, "times": 1})
        session_id = server.owner.create_session("email")["id"]
        send(server, session_id, f"{at}@example.org", key=at)
        smtp.wait_for("held", number)
        server.kill()
        smtp.release()
        server.start()
        wait_until_sent(server, session_id)
        ids = message_ids_by_recipient(smtp)[f"{at}@example.org"]
        assert len(set(ids)) == 1
        assert len(ids) <= (2 if at in ("reply", "stored") else 1)


def test_a_server_killed_the_moment_it_has_accepted_a_mail_delivers_it(
    server: RealServer, smtp: SmtpProcess
) -> None:
    for number in range(2):
        session_id = server.owner.create_session("email")["id"]
        send(server, session_id, f"quick{number}@example.org", key=f"quick{number}")
        server.kill()
        server.start()
        wait_until_sent(server, session_id)
        assert len(set(message_ids_by_recipient(smtp)[f"quick{number}@example.org"])) == 1


def test_a_burst_survives_kills_while_it_is_sent(server: RealServer, smtp: SmtpProcess) -> None:
    before = smtp.count("messages")
    sessions = [server.owner.create_session("email")["id"] for _ in range(40)]
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
    server: RealServer, up: threading.Event, session_id: str, recipient: str
) -> None:
    """Send as a program would: with one key, and again until it is accepted."""
    while True:
        assert up.wait(WAIT_S)
        try:
            send(server, session_id, recipient, key=recipient)
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            continue
        return
