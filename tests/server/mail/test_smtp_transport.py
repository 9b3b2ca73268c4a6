"""Delivery to a real mail server that refuses, delays, breaks off, demands TLS or a password."""

import asyncio
import re
import socket
import sys
from pathlib import Path

import pytest

from rescue_console.protocol.email_troubles import Blame, EmailTrouble, blame
from rescue_console.server.mail.smtp_transport import SmtpTransport
from rescue_console.server.mail.smtp_url import SmtpSettings, read_mail_url
from rescue_console.server.mail.transport import DeliveryFailed, PermanentFailure, TemporaryFailure
from tests.stage.checkout import ROOT
from tests.stage.rules.mail_samples import make_message
from tests.stage.servers.certificates import Certificates, make_certificates
from tests.stage.servers.smtp import SmtpProcess

pytestmark = pytest.mark.starts_programs


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def transport_to(url: str) -> SmtpTransport:
    settings = read_mail_url(url)
    assert isinstance(settings, SmtpSettings)
    return SmtpTransport(settings)


async def deliver_once(url: str) -> None:
    transport = transport_to(url)
    try:
        await transport.deliver(make_message())
    finally:
        await transport.rest()


async def test_a_message_arrives_as_it_was_built(smtp: SmtpProcess) -> None:
    await deliver_once(smtp.url)
    assert smtp.contents() == [make_message().content]
    assert smtp.envelopes() == [
        {"sender": "support@help.example", "recipients": ["customer@example.org"]}
    ]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ({"at": "rcpt", "reply": "550 5.1.1 No such user"}, "550 5.1.1 No such user"),
        ({"at": "reply", "reply": "554 5.7.1 Looks like spam"}, "554 5.7.1 Looks like spam"),
    ],
)
async def test_a_5xx_reply_is_final_and_keeps_the_servers_words(
    smtp: SmtpProcess, step: dict[str, str], words: str
) -> None:
    smtp.script(step)
    with pytest.raises(PermanentFailure) as failure:
        await deliver_once(smtp.url)
    assert failure.value.detail == words
    assert smtp.contents() == []


@pytest.mark.parametrize("at", ["mail", "rcpt", "reply", "connect"])
async def test_a_4xx_reply_is_temporary(smtp: SmtpProcess, at: str) -> None:
    smtp.script({"at": at, "reply": "451 4.7.1 Greylisted", "times": 1})
    transport = transport_to(smtp.url)
    with pytest.raises(TemporaryFailure, match=r"451 4.7.1 Greylisted"):
        await transport.deliver(make_message())
    await transport.deliver(make_message())
    await transport.rest()
    assert len(smtp.contents()) == 1


@pytest.mark.parametrize("at", ["connect", "mail", "rcpt", "body", "reply"])
async def test_a_connection_lost_anywhere_is_temporary(smtp: SmtpProcess, at: str) -> None:
    smtp.script({"at": at, "drop": True, "times": 1})
    transport = transport_to(smtp.url)
    with pytest.raises(TemporaryFailure):
        await transport.deliver(make_message())
    await transport.deliver(make_message())
    await transport.rest()
    assert smtp.count("messages") == (2 if at == "reply" else 1)


async def test_a_server_that_does_not_answer_in_time_is_a_temporary_failure(
    smtp: SmtpProcess,
) -> None:
    smtp.script({"at": "reply", "hold": True})
    with pytest.raises(TemporaryFailure, match="Timed out"):
        await deliver_once(f"{smtp.url}?timeout=0.2")
    smtp.release()


async def test_a_server_that_is_not_there_is_a_temporary_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TemporaryFailure, match="Connect"):
        await deliver_once(f"smtp://127.0.0.1:{port}")


async def test_a_refused_recipient_leaves_the_connection_usable(smtp: SmtpProcess) -> None:
    smtp.script({"at": "rcpt", "to": "nobody@example.org", "reply": "550 No such user"})
    transport = transport_to(smtp.url)
    await transport.deliver(make_message())
    with pytest.raises(PermanentFailure):
        await transport.deliver(make_message(recipient="nobody@example.org"))
    await transport.deliver(make_message())
    await transport.rest()
    assert len(smtp.contents()) == 2
    assert smtp.count("connections") == 1


async def test_a_warm_connection_that_has_died_is_replaced_without_a_failure(
    smtp: SmtpProcess,
) -> None:
    transport = transport_to(smtp.url)
    await transport.deliver(make_message())
    smtp.script({"at": "mail", "drop": True, "times": 1})
    await transport.deliver(make_message())
    smtp.script({"at": "mail", "reply": "421 4.4.2 Idle for too long", "times": 1})
    await transport.deliver(make_message())
    await transport.rest()
    assert len(smtp.contents()) == 3
    assert smtp.count("connections") == 3


async def test_a_burst_uses_a_few_connections_at_once(smtp: SmtpProcess) -> None:
    transport = transport_to(smtp.url)
    smtp.script({"at": "reply", "hold": True, "times": 4})
    async with asyncio.TaskGroup() as tasks:
        for _ in range(30):
            tasks.create_task(transport.deliver(make_message()))
        await asyncio.to_thread(smtp.wait_for, "held", 4)
        smtp.release()
    await transport.rest()
    assert len(smtp.contents()) == 30
    assert smtp.count("connections") == 4


async def test_a_cancelled_delivery_gives_up_its_connection(smtp: SmtpProcess) -> None:
    transport = transport_to(smtp.url)
    smtp.script({"at": "rcpt", "hold": True, "times": 1})
    delivery = asyncio.create_task(transport.deliver(make_message()))
    await asyncio.to_thread(smtp.wait_for, "held", 1)
    delivery.cancel()
    with pytest.raises(asyncio.CancelledError):
        await delivery
    smtp.release()
    await transport.deliver(make_message())
    await transport.rest()
    assert len(smtp.contents()) == 1
    assert smtp.count("connections") == 2


@pytest.mark.parametrize("tls", ["offered", "required"])
@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls"])
async def test_starttls_is_used_when_offered_and_when_demanded(
    tmp_path: Path, certificates: Certificates, tls: str, scheme: str
) -> None:
    arguments = ["--tls", tls, "--certificate", str(certificates.server)]
    with SmtpProcess(tmp_path / "mails", *arguments) as server:
        url = f"{scheme}://localhost:{server.port}?cafile={certificates.authority}"
        await deliver_once(url)
        assert len(server.contents()) == 1


async def test_tls_from_the_first_byte(tmp_path: Path, certificates: Certificates) -> None:
    arguments = ["--tls", "implicit", "--certificate", str(certificates.server)]
    with SmtpProcess(tmp_path / "mails", *arguments) as server:
        await deliver_once(f"smtps://localhost:{server.port}?cafile={certificates.authority}")
        assert len(server.contents()) == 1


@pytest.mark.parametrize(("scheme", "tls"), [("smtp+starttls", "required"), ("smtps", "implicit")])
async def test_an_untrusted_certificate_stops_the_mail(
    tmp_path: Path, certificates: Certificates, scheme: str, tls: str
) -> None:
    arguments = ["--tls", tls, "--certificate", str(certificates.server)]
    with SmtpProcess(tmp_path / "mails", *arguments) as server:
        with pytest.raises(TemporaryFailure, match=r"(?i)certificate verify failed"):
            await deliver_once(f"{scheme}://localhost:{server.port}")
        assert server.contents() == []


async def test_encryption_that_is_used_only_when_offered_accepts_any_certificate(
    tmp_path: Path, certificates: Certificates
) -> None:
    arguments = ["--tls", "required", "--certificate", str(certificates.server)]
    with SmtpProcess(tmp_path / "mails", *arguments) as server:
        await deliver_once(server.url)
        assert len(server.contents()) == 1


async def test_mail_stays_here_when_starttls_is_demanded_but_not_offered(
    smtp: SmtpProcess,
) -> None:
    with pytest.raises(TemporaryFailure, match="STARTTLS"):
        await deliver_once(f"smtp+starttls://127.0.0.1:{smtp.port}")
    assert smtp.contents() == []


async def test_a_server_that_demands_tls_refuses_plain_mail_with_its_words(
    tmp_path: Path, certificates: Certificates
) -> None:
    arguments = ["--tls", "required", "--certificate", str(certificates.server)]
    with (
        SmtpProcess(tmp_path / "mails", *arguments) as server,
        pytest.raises(TemporaryFailure, match="530 Must issue a STARTTLS command first") as failed,
    ):
        await deliver_once(f"smtp+plain://127.0.0.1:{server.port}")
    assert failed.value.trouble is EmailTrouble.ENCRYPTION_MISSING


@pytest.mark.parametrize("mechanism", ["LOGIN", "PLAIN"])
async def test_it_signs_in_to_a_server_that_demands_it(tmp_path: Path, mechanism: str) -> None:
    arguments = ["--user", "sender", "--password", "påss:w@rd", "--mechanism", mechanism]
    with SmtpProcess(tmp_path / "mails", *arguments) as server:
        await deliver_once(f"smtp://sender:p%C3%A5ss%3Aw%40rd@127.0.0.1:{server.port}")
        assert len(server.contents()) == 1


async def test_a_wrong_password_is_reported_in_the_servers_words_without_the_password(
    tmp_path: Path,
) -> None:
    with SmtpProcess(tmp_path / "mails", "--user", "sender", "--password", "right") as server:
        with pytest.raises(TemporaryFailure, match="535") as failure:
            await deliver_once(f"smtp://sender:hunter2@127.0.0.1:{server.port}")
        assert failure.value.trouble is EmailTrouble.SIGN_IN_REFUSED
        assert "hunter2" not in failure.value.detail


async def test_a_password_that_the_server_repeats_is_concealed(smtp: SmtpProcess) -> None:
    smtp.script({"at": "connect", "reply": "554 hunter2 aHVudGVyMg== AHNlbmRlcgBodW50ZXIy"})
    with pytest.raises(TemporaryFailure) as failure:
        await deliver_once(f"smtp://sender:hunter2@127.0.0.1:{smtp.port}")
    assert failure.value.detail == "554 … … …"


async def test_a_long_refusal_is_cut_and_kept_on_one_line(smtp: SmtpProcess) -> None:
    smtp.script({"at": "rcpt", "reply": "550-No\r\n550 " + "no\x1b " * 400})
    with pytest.raises(PermanentFailure) as failure:
        await deliver_once(smtp.url)
    assert failure.value.detail.startswith("550 No no no")
    assert len(failure.value.detail) == 500


@pytest.mark.parametrize(
    ("at", "reply", "trouble"),
    [
        ("mail", "553 5.1.8 Sender unknown", EmailTrouble.SENDER_REFUSED),
        ("mail", "550 5.7.1 You may not send as this sender", EmailTrouble.SENDER_REFUSED),
        ("mail", "530 5.7.0 Authentication required", EmailTrouble.SIGN_IN_REFUSED),
        ("mail", "503 5.5.1 Please authenticate first", EmailTrouble.SIGN_IN_REFUSED),
        ("mail", "530 5.7.0 Must issue STARTTLS first", EmailTrouble.ENCRYPTION_MISSING),
        ("connect", "554 Not from there", EmailTrouble.SERVER_REFUSED),
        ("rcpt", "554 5.7.1 <a@b>: Relay access denied", EmailTrouble.SERVER_REFUSED),
        ("rcpt", "550 relay not permitted", EmailTrouble.SERVER_REFUSED),
        ("rcpt", "504 5.5.2 <buero>: Helo command rejected", EmailTrouble.SERVER_REFUSED),
        ("reply", "550 5.7.26 Unauthenticated email is not accepted", EmailTrouble.SENDER_REFUSED),
    ],
)
async def test_what_it_has_to_mend_is_tried_again_and_keeps_the_servers_words(
    smtp: SmtpProcess, at: str, reply: str, trouble: EmailTrouble
) -> None:
    smtp.script({"at": at, "reply": reply})
    with pytest.raises(TemporaryFailure) as failed:
        await deliver_once(smtp.url)
    assert (failed.value.trouble, failed.value.detail) == (trouble, reply)


@pytest.mark.parametrize(
    ("at", "reply", "trouble"),
    [
        ("rcpt", "550 5.1.1 No such user", EmailTrouble.RECIPIENT_REFUSED),
        ("rcpt", "552 5.2.2 Mailbox full", EmailTrouble.RECIPIENT_REFUSED),
        ("rcpt", "550 5.1.1 User unknown in relay recipient table", EmailTrouble.RECIPIENT_REFUSED),
        ("reply", "554 5.7.1 Looks like spam", EmailTrouble.CONTENT_REFUSED),
        ("rcpt", "451 4.7.1 Greylisted", EmailTrouble.DELAYED),
        ("connect", "421 4.7.0 Too many connections", EmailTrouble.DELAYED),
    ],
)
async def test_a_reply_is_about_the_recipient_the_message_or_the_moment(
    smtp: SmtpProcess, at: str, reply: str, trouble: EmailTrouble
) -> None:
    smtp.script({"at": at, "reply": reply})
    with pytest.raises(DeliveryFailed) as failed:
        await deliver_once(smtp.url)
    assert failed.value.trouble is trouble
    assert isinstance(failed.value, PermanentFailure) == (blame(trouble) is Blame.THEIRS)


async def test_what_is_no_answer_is_not_passed_off_as_the_mail_servers_words(
    smtp: SmtpProcess,
) -> None:
    found: list[tuple[EmailTrouble, str]] = []

    async def fail(url: str) -> None:
        with pytest.raises(TemporaryFailure) as failed:
            await deliver_once(url)
        assert failed.value.reason
        found.append((failed.value.trouble, failed.value.detail))

    await fail(f"smtp+starttls://127.0.0.1:{smtp.port}")
    await fail(f"smtp+plain://me:secret@127.0.0.1:{smtp.port}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    await fail(f"smtp://127.0.0.1:{port}")
    smtp.script({"at": "rcpt", "drop": True, "times": 1})
    await fail(smtp.url)
    smtp.script({"at": "connect", "reply": "SSH-2.0-OpenSSH_9.2"})
    await fail(smtp.url)
    assert found == [
        (EmailTrouble.ENCRYPTION_MISSING, ""),
        (EmailTrouble.SIGN_IN_NOT_OFFERED, ""),
        (EmailTrouble.UNREACHABLE, ""),
        (EmailTrouble.NO_ANSWER, ""),
        (EmailTrouble.NO_ANSWER, ""),
    ]


async def test_the_mail_servers_yes_is_returned(smtp: SmtpProcess) -> None:
    transport = transport_to(smtp.url)
    assert await transport.deliver(make_message()) == "250 Taken"
    await transport.rest()


_SEND_FROM_A_COMPUTER_CALLED = """
import asyncio, socket, sys
socket.sethostname(sys.argv[1])
from tests.server.mail.test_smtp_transport import deliver_once
asyncio.run(deliver_once(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="names a computer for one process")
@pytest.mark.parametrize("name", ["büro-anna", "anna_pc", "PC of Anna", "b" * 64, "pc-anna"])
async def test_mail_goes_out_with_a_valid_greeting_whatever_the_computer_is_called(
    smtp: SmtpProcess, name: str
) -> None:
    program = [sys.executable, "-c", _SEND_FROM_A_COMPUTER_CALLED, name, smtp.url]
    sending = await asyncio.create_subprocess_exec(
        "unshare", "--user", "--map-root-user", "--uts", *program, cwd=ROOT
    )
    assert await sending.wait() == 0
    [greeting] = smtp.greetings()
    assert re.fullmatch(r"\[127\.0\.0\.1\]|[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+", greeting)
