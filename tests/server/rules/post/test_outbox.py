"""How many mails are accepted: for one session, and from one technician within an hour."""

from pathlib import Path

import pytest

from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendEmail
from rescue_console.server.options import ServeOptions
from rescue_console.server.parts import Parts
from rescue_console.server.rules.post.outbox import SESSION_MAX, Outbox
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import PUBLIC_URL, Workplace

HOUR_MAX = SESSION_MAX + 5


@pytest.fixture
def outbox(work: Workplace, tmp_path: Path) -> Outbox:
    """The outbox of a server that writes mails into a folder."""
    options = ServeOptions(data=tmp_path, smtp_url=f"file://{tmp_path}", mails_per_hour=HOUR_MAX)
    return Parts(options, work.parts.database, work.clock, PUBLIC_URL).outbox


async def send(outbox: Outbox, work: Workplace, session_id: str, numbers: range) -> None:
    """Send mails of Nora's; each of *numbers* is a key and an address."""
    for number in numbers:
        request = SendEmail(to=f"customer{number}@example.org")
        await outbox.send(await work.caller("nora"), session_id, request, f"key {number}")


async def new_session(work: Workplace) -> str:
    return (await work.create(method=ConnectionMethod.EMAIL)).id


async def test_a_session_sends_a_bounded_number_of_mails(work: Workplace, outbox: Outbox) -> None:
    session_id = await new_session(work)
    await send(outbox, work, session_id, range(SESSION_MAX))
    with refused(ProblemWord.TOO_MANY_MAILS) as caught:
        await send(outbox, work, session_id, range(SESSION_MAX, SESSION_MAX + 1))
    assert caught.problem.status == 429
    assert caught.problem.retry_after_s is None
    await send(outbox, work, session_id, range(SESSION_MAX))  # the same keys send nothing more
    assert len((await outbox.list(await work.caller("nora"), session_id)).items) == SESSION_MAX


async def test_a_technician_sends_a_bounded_number_of_mails_within_an_hour(
    work: Workplace, outbox: Outbox
) -> None:
    first, second = await new_session(work), await new_session(work)
    await send(outbox, work, first, range(SESSION_MAX))
    work.clock.advance(minutes=20)
    await send(outbox, work, second, range(SESSION_MAX, HOUR_MAX))
    with refused(ProblemWord.TOO_MANY_MAILS) as caught:
        await send(outbox, work, second, range(HOUR_MAX, HOUR_MAX + 1))
    assert caught.problem.retry_after_s == 40 * 60
    work.clock.advance(minutes=40)
    await send(outbox, work, await new_session(work), range(HOUR_MAX, HOUR_MAX + 1))
