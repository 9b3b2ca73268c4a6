"""The metrics: each figure once, however many nodes there are and whatever /proc shows."""

import asyncio
from pathlib import Path

import psutil
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

from rescue_console.protocol.choices import ConnectionMethod, EmailState
from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.protocol.requests import SendEmail
from rescue_console.server.metrics import Metrics, ProcessFigures
from rescue_console.server.options import ServeOptions
from rescue_console.server.parts import Parts
from rescue_console.server.storage.tables import emails
from tests.stage.rules.workplace import PUBLIC_URL, Workplace


async def queue_mail(work: Workplace, folder: Path) -> str:
    """Queue an e-mail that nobody sends; return its id."""
    options = ServeOptions(data=folder, smtp_url=f"file://{folder}")
    outbox = Parts(options, work.parts.database, work.clock, PUBLIC_URL).outbox
    session = await work.create(method=ConnectionMethod.EMAIL)
    request = SendEmail(to="customer@example.org")
    return (await outbox.send(await work.caller("nora"), session.id, request, session.id)).id


async def figures(metrics: Metrics, name: str, label: str) -> dict[str, float]:
    """Return the figures of one metric by one of its labels."""
    text = (await metrics.text()).decode()
    return {
        sample.labels[label]: sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


async def test_live_sessions_are_counted_by_status_once(work: Workplace, parts: Parts) -> None:
    await parts.reporter.claim()
    await work.create()
    await work.active()
    texts = await asyncio.gather(parts.metrics.text(), parts.metrics.text())
    assert texts[0].count(b"rescue_sessions{") == texts[1].count(b"rescue_sessions{") == 2
    found = await figures(parts.metrics, "rescue_sessions", "status")
    assert found == {"invited": 1, "active": 1}


async def test_a_node_that_is_not_on_duty_reports_only_what_is_its_own(
    work: Workplace, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    await work.create()
    await parts.reporter.claim()
    assert await figures(parts.metrics, "rescue_sessions", "status")
    monkeypatch.setattr(type(parts.reporter), "on_duty", False)
    assert not await figures(parts.metrics, "rescue_sessions", "status")
    assert not await figures(parts.metrics, "rescue_mails_queued", "blame")
    text = (await parts.metrics.text()).decode()
    for own in ("rescue_listeners 0.0", "rescue_customers 0.0"):
        assert own in text


async def test_queued_mails_are_counted_by_what_they_wait_for(
    work: Workplace, parts: Parts, tmp_path: Path
) -> None:
    await parts.reporter.claim()
    none = {"nobody": 0.0, "ours": 0.0, "later": 0.0}
    assert await figures(parts.metrics, "rescue_mails_queued", "blame") == none
    for trouble in (None, EmailTrouble.UNREACHABLE, EmailTrouble.SENDER_REFUSED):
        mail_id = await queue_mail(work, tmp_path)
        async with parts.database.write() as connection:
            await connection.execute(
                update(emails).where(emails.c.id == mail_id).values({emails.c.trouble: trouble})
            )
    found = await figures(parts.metrics, "rescue_mails_queued", "blame")
    assert found == {"nobody": 1.0, "ours": 2.0, "later": 0.0}
    async with parts.database.write() as connection:
        await connection.execute(update(emails).values({emails.c.state: EmailState.SENT}))
    assert await figures(parts.metrics, "rescue_mails_queued", "blame") == none


async def test_attempts_are_counted_by_outcome_and_class(parts: Parts) -> None:
    for trouble in (None, EmailTrouble.RECIPIENT_REFUSED, EmailTrouble.DELAYED, None):
        parts.metrics.count_mail(trouble)
    name = "rescue_mail_attempts_total"
    assert await figures(parts.metrics, name, "blame") == {"nobody": 2, "theirs": 1, "later": 1}
    assert (await figures(parts.metrics, name, "outcome"))["recipient_refused"] == 1


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system has no /proc")
def test_the_figures_of_the_process_are_there_where_the_rest_of_proc_is_hidden(
    tmp_path: Path,
) -> None:
    # What a unit with ProcSubset=pid sees, as ours has it.
    (tmp_path / "self").symlink_to("/proc/self")
    found = {
        sample.name: sample.value
        for family in ProcessFigures(proc=str(tmp_path), registry=CollectorRegistry()).collect()
        for sample in family.samples
    }
    assert found["process_open_fds"] > 2
    assert found["process_resident_memory_bytes"] > 1_000_000
    assert abs(found["process_start_time_seconds"] - psutil.Process().create_time()) < 60
