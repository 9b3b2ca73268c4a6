"""A group's changed limits reach the sessions that are already running, and their consoles."""

from datetime import datetime, timedelta

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.requests import CreateGroup
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.rules.workplace import Workplace, body_of

S = SessionStatus


async def due(work: Workplace, session: Session) -> datetime | None:
    return (await work.read(session)).due_at


async def told_of(work: Workplace, number: int) -> dict[str, str | None]:
    """Return what consoles were told after *number*: each session's new deadline."""
    events = await work.events_after(number)
    told = [body_of(event)["session"] for event in events if event.kind == "session.changed"]
    return {session["id"]: session["due_at"] for session in told}


@pytest.mark.parametrize(
    ("stage", "setting"), [("waiting", "waiting_minutes"), ("active", "idle_minutes")]
)
async def test_a_new_limit_moves_the_end_of_sessions_in_the_group_and_below_at_once(
    work: Workplace, stage: str, setting: str
) -> None:
    begin = work.waiting if stage == "waiting" else work.active
    here, below, beside = [(await begin(name))[0] for name in ("nora", "nils", "sara")]
    number, before = await work.event_number(), await due(work, beside)
    began = work.clock.now
    work.clock.advance(minutes=5)
    await work.set_group("North", settings={setting: 30})
    until = began + timedelta(minutes=30)
    assert await due(work, here) == await due(work, below) == until
    assert await due(work, beside) == before
    assert set(await told_of(work, number)) == {here.id, below.id}


async def test_a_session_already_past_a_new_limit_ends_when_the_timers_check(
    work: Workplace,
) -> None:
    session, _ = await work.waiting("nora")
    work.clock.advance(minutes=10)
    await work.set_group("North", settings={"waiting_minutes": 9})
    await work.parts.timers.end_due()
    assert await work.status(session) is S.TIMED_OUT


async def test_a_limit_can_become_never_and_be_set_again(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    number = await work.event_number()
    await work.set_group("North", settings={"waiting_minutes": 0})
    assert await due(work, session) is None
    assert await told_of(work, number) == {session.id: None}
    work.clock.advance(days=3)
    await work.parts.timers.end_due()
    assert await work.status(session) is S.WAITING
    await work.set_group("North", settings={"waiting_minutes": 1})
    await work.parts.timers.end_due()
    assert await work.status(session) is S.TIMED_OUT


async def test_inheriting_again_brings_back_the_limit_of_the_group_above(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    before = await due(work, session)
    await work.set_group("North", settings={"waiting_minutes": 5})
    await work.set_group("North", settings={"waiting_minutes": None})
    assert await due(work, session) == before


async def test_a_groups_own_limit_shields_it_from_changes_above(work: Workplace) -> None:
    await work.set_group("Night", settings={"waiting_minutes": 44})
    session, _ = await work.waiting("nils")
    number = await work.event_number()
    await work.set_group("North", settings={"waiting_minutes": 5})
    assert await due(work, session) == work.clock.now + timedelta(minutes=44)
    assert await told_of(work, number) == {}


async def test_a_changed_code_life_applies_to_new_codes_only(work: Workplace) -> None:
    session = await work.create("nora")
    number = await work.event_number()
    await work.set_group("North", settings={"link_life_hours": 1, "pin_life_minutes": 1})
    assert await work.read(session) == session
    assert await told_of(work, number) == {}
    assert (await work.create("nora")).expires_at == work.clock.now + timedelta(hours=1)


async def test_fixed_limits_stay_whatever_changes(work: Workplace) -> None:
    held, _ = await work.active("nora")
    await work.parts.sessions.hold(await work.caller("nora"), held.id)
    lost, _ = await work.active("nora")
    await work.parts.customers.went_away(lost.id)
    before = [await due(work, held), await due(work, lost)]
    await work.set_group("North", settings={"waiting_minutes": 1, "idle_minutes": 1})
    assert [await due(work, held), await due(work, lost)] == before


async def test_a_session_that_is_over_gets_no_new_deadline(work: Workplace) -> None:
    session, _ = await work.active("nora")
    await work.parts.sessions.close(await work.caller("nora"), session.id)
    number = await work.event_number()
    await work.set_group("North", settings={"idle_minutes": 1})
    assert await due(work, session) is None
    assert await told_of(work, number) == {}


async def test_a_group_that_moves_takes_on_the_limits_of_its_new_place(work: Workplace) -> None:
    await work.set_group("South", settings={"waiting_minutes": 11})
    session, _ = await work.waiting("nils")
    number = await work.event_number()
    await work.set_group("Night", parent_id=work.groups["South"])
    until = work.clock.now + timedelta(minutes=11)
    assert await due(work, session) == until
    assert set(await told_of(work, number)) == {session.id}


async def test_moving_a_group_without_changing_its_limits_tells_nothing_about_its_sessions(
    work: Workplace,
) -> None:
    await work.waiting("nils")
    number = await work.event_number()
    await work.set_group("Night", parent_id=work.groups["South"])
    assert await told_of(work, number) == {}


async def test_technicians_are_told_when_they_see_into_other_groups_than_before(
    work: Workplace,
) -> None:
    sara, nora, olivia = [(await work.caller(name)) for name in ("sara", "nora", "olivia")]
    number = await work.event_number()
    await work.set_group("Night", parent_id=work.groups["South"])
    told = [event for event in await work.events_after(number) if event.kind == "me.changed"]
    people = frozenset().union(*(event.technician_ids for event in told))
    assert {sara.technician_id, nora.technician_id} <= people
    assert olivia.technician_id not in people
    assert work.groups["Night"] in {event.group_id for event in told}
    number = await work.event_number()
    request = CreateGroup(name="Deep", parent_id=work.groups["Night"])
    await work.parts.groups.create(await work.caller("olivia"), request)
    [event] = await work.events_after(number)
    assert {sara.technician_id, olivia.technician_id} <= event.technician_ids
    assert nora.technician_id not in event.technician_ids
