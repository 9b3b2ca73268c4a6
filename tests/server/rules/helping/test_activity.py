"""A session with activity of any kind is never timed out as idle."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.customer import Answered, CustomerSays, CustomerSignals
from rescue_console.protocol.powers import Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendChat, SendSignal, WriteNotes
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace, body_of

S = SessionStatus
LIMIT_MINUTES = 10


@pytest.fixture
async def session(work: Workplace) -> Session:
    """An active session of a group that lets sessions idle for ten minutes."""
    await work.set_group("North", settings={"idle_minutes": LIMIT_MINUTES})
    return (await work.active("nora"))[0]


async def write_chat(work: Workplace, session: Session) -> None:
    request = SendChat(text="Hello", key=f"{work.clock.now}"[:64])
    await work.parts.chat.say(await work.caller("nora"), session.id, request)


async def answer_chat(work: Workplace, session: Session) -> None:
    said = CustomerSays(text="Hello", key=f"{work.clock.now}"[:64])
    await work.parts.helping.said(session.id, said)


async def signal_from_technician(work: Workplace, session: Session) -> None:
    request = SendSignal(kind=SignalKind.TYPING)
    await work.parts.signals.send(await work.caller("nora"), session.id, request)


async def signal_from_customer(work: Workplace, session: Session) -> None:
    await work.parts.helping.signalled(session.id, CustomerSignals(signal=SignalKind.TYPING))


async def ask_and_grant(work: Workplace, session: Session) -> None:
    caller = await work.caller("nora")
    await work.parts.powers.drop(caller, session.id, Power.FILES)
    await work.parts.powers.ask(caller, session.id, Power.FILES)
    await work.parts.helping.answered(session.id, Answered(power=Power.FILES, granted=True))


async def write_notes(work: Workplace, session: Session) -> None:
    request = WriteNotes(text=f"At {work.clock.now} nothing had changed.")
    await work.parts.notes.write(await work.caller("nora"), session.id, request)


async def pass_bytes(work: Workplace, session: Session) -> None:
    await work.parts.activity.note(session.id)


async def grant(work: Workplace, session: Session, power: Power = Power.VIEW) -> None:
    await work.parts.powers.ask(await work.caller("nora"), session.id, power)
    await work.parts.helping.answered(session.id, Answered(power=power, granted=True))


Happens = Callable[[Workplace, Session], Awaitable[None]]


@pytest.mark.parametrize(
    "happens",
    [
        write_chat,
        answer_chat,
        signal_from_technician,
        signal_from_customer,
        ask_and_grant,
        write_notes,
        pass_bytes,
    ],
    ids=lambda happens: happens.__name__,
)
async def test_activity_keeps_a_session_and_idleness_ends_it(
    work: Workplace, session: Session, happens: Happens
) -> None:
    for _ in range(3):
        work.clock.advance(minutes=LIMIT_MINUTES, seconds=-1)
        await work.parts.timers.end_due()
        assert await work.status(session) is S.ACTIVE
        await happens(work, session)
        until = work.clock.now + timedelta(minutes=LIMIT_MINUTES)
        assert (await work.read(session)).due_at == until
    work.clock.advance(minutes=LIMIT_MINUTES)
    await work.parts.timers.end_due()
    assert await work.status(session) is S.TIMED_OUT


@pytest.mark.parametrize("power", [Power.VIEW, Power.FILES])
async def test_a_picture_or_a_file_being_sent_keeps_the_session(
    work: Workplace, session: Session, power: Power
) -> None:
    await grant(work, session, power)
    work.clock.advance(minutes=9)
    await work.parts.activity.page_busy(session.id)
    assert (await work.read(session)).due_at == work.clock.now + timedelta(minutes=LIMIT_MINUTES)


async def test_a_page_cannot_keep_a_session_by_what_the_customer_has_not_granted(
    work: Workplace, session: Session
) -> None:
    before = (await work.read(session)).due_at
    work.clock.advance(minutes=9)
    await work.parts.activity.page_busy(session.id)
    assert (await work.read(session)).due_at == before


async def test_frequent_activity_is_noted_and_told_once_a_minute(
    work: Workplace, session: Session
) -> None:
    work.clock.advance(minutes=1)
    number = await work.event_number()
    for _ in range(59):
        await work.parts.activity.note(session.id)
        work.clock.advance(seconds=1)
    assert len(await work.events_after(number)) == 1
    work.clock.advance(seconds=1)
    await work.parts.activity.note(session.id)
    first, second = [body_of(event) for event in await work.events_after(number)]
    assert second["session"]["due_at"] > first["session"]["due_at"]


async def test_how_long_activity_need_not_be_noted_follows_the_groups_limit(
    work: Workplace, session: Session
) -> None:
    assert await work.parts.activity.note(session.id) == timedelta(minutes=1)
    await work.set_group("North", settings={"idle_minutes": 1})
    assert await work.parts.activity.note(session.id) == timedelta(seconds=15)


async def test_a_restart_keeps_noted_activity(
    work: Workplace, other_node: Parts, session: Session
) -> None:
    work.clock.advance(minutes=9)
    await write_chat(work, session)
    work.clock.advance(minutes=9)
    await other_node.timers.end_due()
    assert await work.status(session) is S.ACTIVE
    work.clock.advance(minutes=1)
    await other_node.timers.end_due()
    assert await work.status(session) is S.TIMED_OUT


async def test_a_limit_set_later_counts_from_the_last_activity(
    work: Workplace, session: Session
) -> None:
    await work.set_group("North", settings={"idle_minutes": 0})
    work.clock.advance(hours=5)
    number = await work.event_number()
    await work.parts.activity.note(session.id)
    assert await work.events_after(number) == []
    await work.set_group("North", settings={"idle_minutes": 7})
    assert (await work.read(session)).due_at == work.clock.now + timedelta(minutes=7)


@pytest.mark.parametrize("status", [S.WAITING, S.ON_HOLD, S.RECONNECTING])
async def test_activity_moves_no_other_limit(work: Workplace, status: S) -> None:
    session, _ = await (work.waiting() if status is S.WAITING else work.active())
    if status is S.ON_HOLD:
        await work.parts.sessions.hold(await work.caller("nora"), session.id)
    if status is S.RECONNECTING:
        await work.parts.customers.went_away(session.id)
    before = (await work.read(session)).due_at
    work.clock.advance(minutes=2)
    await work.parts.activity.note(session.id)
    await answer_chat(work, session)
    assert (await work.read(session)).due_at == before
    assert await work.status(session) is status


async def test_a_short_loss_is_not_activity(work: Workplace) -> None:
    await work.set_group("North", settings={"idle_minutes": LIMIT_MINUTES})
    session, token = await work.active("nora")
    work.clock.advance(minutes=5)
    await work.parts.customers.went_away(session.id)
    work.clock.advance(minutes=4)
    await work.parts.customers.came_back(token)
    assert (await work.read(session)).due_at == session.due_at


@pytest.mark.parametrize("away", [4, 9])
async def test_a_session_does_not_end_the_moment_its_customer_comes_back(
    work: Workplace, away: int
) -> None:
    await work.set_group("North", settings={"idle_minutes": LIMIT_MINUTES})
    session, token = await work.active("nora")
    work.clock.advance(minutes=9)
    await work.parts.customers.went_away(session.id)
    for _ in range(away):
        work.clock.advance(minutes=1)
        await work.parts.timers.end_due()
    await work.parts.customers.came_back(token)
    await work.parts.timers.end_due()
    assert await work.status(session) is S.ACTIVE
    assert (await work.read(session)).due_at == work.clock.now + timedelta(minutes=LIMIT_MINUTES)


async def test_a_refused_request_is_not_activity(work: Workplace, session: Session) -> None:
    before = (await work.read(session)).due_at
    work.clock.advance(minutes=5)
    with refused(ProblemWord.NOT_FOUND):
        request = SendChat(text="Let me", key="a")
        await work.parts.chat.say(await work.caller("nils"), session.id, request)
    with refused(ProblemWord.INVALID):
        await work.parts.helping.said(session.id, CustomerSays(text=" \u202e", key="a"))
    await work.parts.helping.answered(session.id, Answered(power=Power.CONTROL, granted=True))
    assert (await work.read(session)).due_at == before


async def test_a_message_sent_again_is_not_activity(work: Workplace, session: Session) -> None:
    said = CustomerSays(text="Hello", key="a")
    work.clock.advance(minutes=2)
    await work.parts.helping.said(session.id, said)
    before = (await work.read(session)).due_at
    work.clock.advance(minutes=2)
    await work.parts.helping.said(session.id, said)
    assert (await work.read(session)).due_at == before


async def test_activity_in_an_unknown_session_is_ignored(work: Workplace) -> None:
    assert await work.parts.activity.note("nowhere") > timedelta()
    await work.parts.activity.page_busy("nowhere")
