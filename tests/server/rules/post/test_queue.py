"""The mail queue on both databases, in front of a real mail server."""

import asyncio
import contextlib
import json
import logging
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from rescue_console.protocol.choices import EmailState
from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.server.mail.message import Message
from rescue_console.server.mail.opening import open_transport
from rescue_console.server.mail.smtp_url import read_mail_url
from rescue_console.server.rules.post.queue import LANES
from rescue_console.server.rules.post.rows import LEASE, ClaimedMail, Outcome
from rescue_console.server.storage.database import Database, database_url
from rescue_console.server.storage.migrate import migrate
from rescue_console.server.storage.tables import session_log
from tests.stage.rules.mail_samples import LINK
from tests.stage.rules.post_office import PostOffice
from tests.stage.servers.smtp import SmtpProcess
from tests.stage.until import WAIT_S


async def held(smtp: SmtpProcess, count: int = 1) -> None:
    await asyncio.to_thread(smtp.wait_for, "held", count)


async def test_a_queued_mail_is_sent_and_everybody_is_told(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    office.open()
    email_id = await office.accept()
    row = await office.until_state(email_id, EmailState.SENT)
    assert (row.attempts, row.next_attempt_at, row.claimed_until) == (1, None, None)
    [message] = smtp.messages()
    assert message["Message-ID"] == row.message_id
    told = await office.told()
    assert [kind for kind, _ in told][-2:] == ["email.changed", "session.changed"]
    assert json.loads(told[-2][1])["email"]["state"] == "sent"
    assert json.loads(told[-1][1])["session"]["email"]["state"] == "sent"


async def test_a_mail_is_not_marked_sent_before_the_mail_server_has_accepted_it(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "reply", "hold": True})
    office.open()
    email_id = await office.accept()
    await held(smtp)
    assert (await office.read(email_id)).state == EmailState.QUEUED
    smtp.release()
    await office.until_state(email_id, EmailState.SENT)


async def test_a_refused_mail_fails_with_the_mail_servers_words(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "reply": "550 5.1.1 No such user"})
    office.open()
    email_id = await office.accept()
    row = await office.until_state(email_id, EmailState.FAILED)
    assert row.detail == "550 5.1.1 No such user"
    assert row.next_attempt_at is None


async def test_a_refused_mail_does_not_hold_the_others_up(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "to": "nobody@example.org", "reply": "550 No such user"})
    refused = [await office.accept("nobody@example.org") for _ in range(5)]
    taken = [await office.accept() for _ in range(5)]
    office.open()
    for email_id in refused:
        await office.until_state(email_id, EmailState.FAILED)
    for email_id in taken:
        await office.until_state(email_id, EmailState.SENT)


async def test_a_delayed_mail_is_tried_again_after_growing_pauses(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "reply": "451 4.7.1 Greylisted", "times": 2})
    office.open()
    email_id = await office.accept()
    row = await office.until_attempts(email_id, 1)
    assert (row.state, row.detail) == (EmailState.QUEUED, "451 4.7.1 Greylisted")
    assert row.next_attempt_at == office.now + timedelta(seconds=30)
    office.advance(seconds=30)
    row = await office.until_attempts(email_id, 2)
    assert row.next_attempt_at == office.now + timedelta(minutes=2)
    office.advance(minutes=2)
    row = await office.until_state(email_id, EmailState.SENT)
    assert (row.attempts, row.detail) == (3, "")


async def test_a_mail_that_is_not_due_yet_is_left_alone(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "reply": "451 Later", "times": 1})
    office.open()
    email_id = await office.accept()
    await office.until_attempts(email_id, 1)
    office.advance(seconds=29)
    other = await office.accept()
    await office.until_state(other, EmailState.SENT)
    assert (await office.read(email_id)).attempts == 1


async def test_a_mail_fails_with_the_last_words_after_a_day(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "reply": "451 Still no"})
    office.open()
    email_id = await office.accept()
    await office.until_attempts(email_id, 1)
    office.advance(hours=24)
    row = await office.until_state(email_id, EmailState.FAILED)
    assert (row.attempts, row.detail) == (2, "451 Still no")


async def test_a_mail_is_tried_again_with_the_same_message_id_after_a_lost_connection(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "body", "drop": True, "times": 1}, {"at": "reply", "drop": True, "times": 1})
    office.open()
    email_id = await office.accept()
    for attempts in (1, 2):
        await office.until_attempts(email_id, attempts)
        office.advance(minutes=2)
    row = await office.until_state(email_id, EmailState.SENT)
    # The mail server had accepted it before it broke off, which nobody on our side can know.
    assert [message["Message-ID"] for message in smtp.messages()] == [row.message_id] * 2
    assert smtp.contents()[0] == smtp.contents()[1]


async def test_a_mail_server_that_is_down_loses_nothing(database: Database) -> None:
    office = PostOffice(database, "smtp://127.0.0.1:1")
    await office.set_up()
    office.open()
    email_id = await office.accept()
    row = await office.until_attempts(email_id, 1)
    assert row.state == EmailState.QUEUED
    # The mail server has said nothing, so nothing is passed off as its words.
    assert (row.trouble, row.detail) == (EmailTrouble.UNREACHABLE, "")
    await office.close()


async def test_the_mail_of_a_session_that_has_ended_is_not_sent(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    email_id = await office.accept()
    await office.end_session(email_id)
    office.open()
    row = await office.until_state(email_id, EmailState.FAILED)
    assert (row.trouble, row.detail, row.attempts) == (EmailTrouble.SESSION_OVER, "", 0)
    assert smtp.contents() == []


async def test_an_address_that_smtp_cannot_carry_fails_and_the_queue_goes_on(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    office.open()
    odd = await office.accept("bób@example.org")
    good = await office.accept()
    row = await office.until_state(odd, EmailState.FAILED)
    assert (row.trouble, row.detail) == (EmailTrouble.ADDRESS_UNUSABLE, "")
    await office.until_state(good, EmailState.SENT)


async def test_after_a_crash_the_mail_goes_out_with_the_same_message_id(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "hold": True, "times": 1})
    office.open()
    email_id = await office.accept()
    await held(smtp)
    await office.crash()
    row = await office.read(email_id)
    assert (row.state, row.claimed_until) == (EmailState.QUEUED, office.now + LEASE)
    smtp.release()
    if not office.database.is_sqlite:
        office.advance(seconds=LEASE.total_seconds())
    office.open()
    row = await office.until_state(email_id, EmailState.SENT)
    assert [message["Message-ID"] for message in smtp.messages()] == [row.message_id]


async def test_stopping_lets_mails_in_delivery_arrive_and_releases_the_rest(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "hold": True, "times": 4})
    for _ in range(LANES + 4):
        await office.accept()
    office.open()
    await held(smtp, 4)
    office.queue.stop()
    smtp.release()
    await office.close()
    rows = await office.all()
    assert sorted(row.state for row in rows) == [EmailState.QUEUED] * 4 + [EmailState.SENT] * LANES
    assert {row.claimed_until for row in rows} == {None}
    assert len(smtp.contents()) == LANES


async def test_two_nodes_send_each_mail_once(
    office: PostOffice, smtp: SmtpProcess, empty_url: str
) -> None:
    second_database = Database(empty_url)
    second = PostOffice(second_database, smtp.url)
    if not office.database.is_sqlite:  # An SQLite database belongs to one node.
        second.open()
    ids = [await office.accept() for _ in range(40)]
    office.open()
    for email_id in ids:
        await _sent(office, second, email_id)
    await second.close()
    await second_database.close()
    sent = [message["Message-ID"] for message in smtp.messages()]
    assert sorted(sent) == [f"<{email_id}@help.example>" for email_id in sorted(ids)]


async def _sent(office: PostOffice, second: PostOffice, email_id: str) -> None:
    waits = [
        asyncio.create_task(node.until_state(email_id, EmailState.SENT))
        for node in (office, second)
    ]
    _, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in pending:
        wait.cancel()
    await asyncio.gather(*pending, return_exceptions=True)


async def test_another_nodes_claim_is_respected_until_its_lease_ends(
    office: PostOffice,
) -> None:
    email_id = await office.accept()
    [claimed] = await office.rows.claim(10)
    assert claimed.id == email_id
    office.advance(seconds=LEASE.total_seconds() - 1)
    assert await office.rows.wait_s() is None
    assert await office.rows.claim(10) == []
    await office.rows.renew([email_id])
    office.advance(seconds=LEASE.total_seconds() - 1)
    assert await office.rows.claim(10) == []
    office.advance(seconds=1)
    assert [again.id for again in await office.rows.claim(10)] == [email_id]


async def test_sent_is_recorded_whatever_another_node_wrote_meanwhile(
    office: PostOffice,
) -> None:
    email_id = await office.accept()
    [claimed] = await office.rows.claim(10)
    await office.rows.settle([(claimed, Outcome(EmailState.FAILED, "550 No"))])
    await office.rows.settle([(claimed, Outcome(EmailState.SENT))])
    await office.rows.settle([(claimed, Outcome(EmailState.QUEUED, "451 Later"))])
    assert (await office.read(email_id)).state == EmailState.SENT


async def test_the_mails_overdue_longest_are_claimed_first(office: PostOffice) -> None:
    first = await office.accept()
    office.advance(seconds=1)
    second = await office.accept()
    office.advance(seconds=1)

    claims = [await office.rows.claim(1), await office.rows.claim(1)]
    assert [[mail.id for mail in claim] for claim in claims] == [[first], [second]]


class Heard(logging.Handler):
    """A log handler that notices when something is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.something = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.something.set()


async def test_a_mail_that_was_sent_while_the_database_was_locked_is_not_sent_again(
    tmp_path: Path,
    smtp: SmtpProcess,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard = Heard()
    log = logging.getLogger("rescue_console.server.rules.post.queue")
    monkeypatch.setattr(log, "handlers", [heard])
    monkeypatch.setattr("rescue_console.server.storage.database.LOCK_WAIT_S", 0.1)
    database = Database(database_url(tmp_path))
    await migrate(database)
    office = PostOffice(database, smtp.url)
    await office.set_up()
    smtp.script({"at": "reply", "hold": True, "times": 1})
    office.open()
    email_id = await office.accept()
    await held(smtp)
    with contextlib.closing(sqlite3.connect(tmp_path / "rescue.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        smtp.release()
        await asyncio.wait_for(heard.something.wait(), WAIT_S)
        other.rollback()
    await office.until_state(email_id, EmailState.SENT)
    assert len(smtp.contents()) == 1
    assert "k=" not in caplog.text
    await office.close()
    await database.close()


class MistakenTransport:
    """A transport with a bug that shows with one recipient only."""

    def __init__(self, url: str) -> None:
        self._inner = open_transport(read_mail_url(url))

    async def deliver(self, message: Message) -> str:
        if message.recipient == "odd@example.org":
            raise KeyError("odd")
        return await self._inner.deliver(message)

    async def rest(self) -> None:
        await self._inner.rest()


async def test_a_bug_with_one_mail_lets_the_others_go_out(
    office: PostOffice, smtp: SmtpProcess, expected_errors: list[str]
) -> None:
    expected_errors.append("failed unexpectedly")
    office.use(MistakenTransport(smtp.url))
    office.open()
    odd = await office.accept("odd@example.org")
    good = await office.accept()
    await office.until_state(good, EmailState.SENT)
    row = await office.until_attempts(odd, 1)
    assert row.state == EmailState.QUEUED
    assert (row.trouble, row.detail) == (EmailTrouble.SERVER_MISTAKE, "")


async def test_a_mail_whose_outcome_cannot_be_recorded_is_not_sent_again(
    office: PostOffice,
    smtp: SmtpProcess,
    monkeypatch: pytest.MonkeyPatch,
    expected_errors: list[str],
) -> None:
    expected_errors.append("were not recorded")
    settle = office.rows.settle

    async def mistaken(outcomes: Sequence[tuple[ClaimedMail, Outcome]]) -> None:
        monkeypatch.setattr(office.rows, "settle", settle)
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(office.rows, "settle", mistaken)
    office.open()
    odd = await office.accept()
    await asyncio.to_thread(smtp.wait_for, "messages", 1)
    good = await office.accept()
    await office.until_state(good, EmailState.SENT)
    assert (await office.read(odd)).claimed_until is not None
    assert smtp.count("messages") == 2


@pytest.mark.starts_programs
async def test_a_wrong_password_is_its_fault_and_tried_again_until_mended(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with SmtpProcess(tmp_path / "mails", "--user", "me", "--password", "right") as server:
        office = PostOffice(database, f"smtp://me:wrong@127.0.0.1:{server.port}")
        await office.set_up()
        office.open()
        email_id = await office.accept()
        row = await office.until_attempts(email_id, 1)
        assert (row.state, row.trouble) == (EmailState.QUEUED, EmailTrouble.SIGN_IN_REFUSED)
        assert row.detail.startswith("535")
        [warning] = [record for record in caplog.records if record.levelno == logging.WARNING]
        assert email_id in warning.getMessage()
        assert "sign_in_refused (ours)" in warning.getMessage()
        assert "customer@example.org" not in caplog.text
        told = [json.loads(body) for kind, body in await office.told() if kind == "email.changed"]
        assert told[-1]["email"]["trouble"] == "sign_in_refused"
        await office.queue_ends()
        office.use(open_transport(read_mail_url(f"smtp://me:right@127.0.0.1:{server.port}")))
        office.open()  # Started again with the right password: no pause is waited for.
        await office.until_state(email_id, EmailState.SENT)
        assert office.counted == {EmailTrouble.SIGN_IN_REFUSED: 1, None: 1}
        await office.close()


async def test_the_log_names_the_mail_servers_queue_but_no_customer_and_no_key(
    office: PostOffice, smtp: SmtpProcess, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    smtp.script(
        {"at": "reply", "to": "a@example.org", "reply": "250 2.0.0 Ok: queued as 4F2A1"},
        {"at": "rcpt", "to": "b@example.org", "reply": f"550 b@example.org may not have {LINK}"},
    )
    office.open()
    sent, refused = await office.accept("a@example.org"), await office.accept("b@example.org")
    await office.until_state(sent, EmailState.SENT)
    await office.until_state(refused, EmailState.FAILED)
    said = [record.getMessage() for record in caplog.records]
    assert any(sent in each and "queued as 4F2A1" in each for each in said)
    assert any(refused in each and "recipient_refused (theirs)" in each for each in said)
    assert "example.org" not in caplog.text
    assert "k=" not in caplog.text


async def test_each_new_trouble_is_a_line_in_the_sessions_log_once(
    office: PostOffice, smtp: SmtpProcess
) -> None:
    smtp.script({"at": "rcpt", "reply": "451 Later", "times": 2})
    office.open()
    email_id = await office.accept()
    for attempts in (1, 2):
        await office.until_attempts(email_id, attempts)
        office.advance(minutes=2)
    await office.until_state(email_id, EmailState.SENT)
    async with office.database.read() as connection:
        logged = await connection.execute(select(session_log.c.what).order_by(session_log.c.id))
        assert list(logged.scalars()) == ["email_delayed", "email_sent"]


async def test_a_mail_that_was_taken_before_the_kill_does_not_go_out_again(
    office: PostOffice, smtp: SmtpProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    settling = asyncio.Event()

    async def never(outcomes: Sequence[tuple[ClaimedMail, Outcome]]) -> None:
        settling.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(office.rows, "settle", never)
        office.open()
        email_id = await office.accept()
        await asyncio.wait_for(settling.wait(), WAIT_S)
        await office.crash()
    assert (await office.read(email_id)).state == EmailState.QUEUED
    office.use(open_transport(read_mail_url(smtp.url)))
    office.open()
    await office.until_state(email_id, EmailState.SENT)
    other = await office.accept()
    await office.until_state(other, EmailState.SENT)
    assert smtp.count("messages") == 2
    assert office.accepted.read() == []
