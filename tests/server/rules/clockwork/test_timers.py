"""Statuses that end by themselves, on time and across restarts."""

from datetime import timedelta

import pytest

from rescue_console.protocol.requests import TransferSession
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from rescue_console.server.rules.clockwork.timers import count_by_status
from tests.stage.rules.workplace import Workplace

S = SessionStatus


async def ends(work: Workplace, session_id: str, node: Parts | None = None) -> SessionStatus:
    """Let the timers check; return the session's status afterwards."""
    await (node or work.parts).timers.end_due()
    caller = await work.caller("olivia")
    return (await work.parts.sessions.read(caller, session_id)).status


async def test_a_code_expires_when_nobody_has_joined(work: Workplace) -> None:
    session = await work.create()
    work.clock.advance(hours=24, seconds=-1)
    assert await ends(work, session.id) is S.INVITED
    work.clock.advance(seconds=1)
    assert await ends(work, session.id) is S.EXPIRED


async def test_a_customer_who_waits_too_long_is_timed_out(work: Workplace) -> None:
    await work.set_group("North", settings={"waiting_minutes": 2})
    session, _ = await work.waiting("nora")
    assert session.due_at == work.clock.now + timedelta(minutes=2)
    work.clock.advance(seconds=119)
    assert await ends(work, session.id) is S.WAITING
    work.clock.advance(seconds=1)
    assert await ends(work, session.id) is S.TIMED_OUT


async def test_an_active_session_is_timed_out_after_its_limit(work: Workplace) -> None:
    session, _ = await work.active("nora")
    work.clock.advance(minutes=60)
    assert await ends(work, session.id) is S.TIMED_OUT


async def test_a_transfer_that_nobody_takes_over_is_timed_out(work: Workplace) -> None:
    session, _ = await work.active("nora")
    request = TransferSession(group_id=work.groups["South"])
    await work.parts.sessions.transfer(await work.caller("nora"), session.id, request)
    work.clock.advance(minutes=60)
    assert await ends(work, session.id) is S.TIMED_OUT


async def test_a_session_on_hold_never_idles_out_but_closes_after_fourteen_days(
    work: Workplace,
) -> None:
    session, _ = await work.active("nora")
    await work.parts.sessions.hold(await work.caller("nora"), session.id)
    work.clock.advance(days=14, seconds=-1)
    assert await ends(work, session.id) is S.ON_HOLD
    work.clock.advance(seconds=1)
    assert await ends(work, session.id) is S.CLOSED_BY_TECHNICIAN


async def test_a_lost_customer_is_offline_after_five_minutes_and_gone_after_the_idle_limit(
    work: Workplace,
) -> None:
    session, _ = await work.active("nora")
    await work.parts.customers.went_away(session.id)
    work.clock.advance(minutes=5, seconds=-1)
    assert await ends(work, session.id) is S.RECONNECTING
    work.clock.advance(seconds=1)
    assert await ends(work, session.id) is S.OFFLINE
    work.clock.advance(minutes=60)
    assert await ends(work, session.id) is S.TIMED_OUT


@pytest.mark.parametrize("stage", ["waiting", "active"])
async def test_a_limit_of_zero_never_ends_anything(work: Workplace, stage: str) -> None:
    await work.set_group("Example Help", settings={"waiting_minutes": 0, "idle_minutes": 0})
    session, _ = await (work.waiting() if stage == "waiting" else work.active())
    assert session.due_at is None
    work.clock.advance(days=20)
    assert await ends(work, session.id) is S(stage)


async def test_a_restart_keeps_every_deadline(work: Workplace, other_node: Parts) -> None:
    waiting, _ = await work.waiting("nora")
    invited = await work.create("nora")
    work.clock.advance(minutes=59)
    assert await ends(work, waiting.id, other_node) is S.WAITING
    work.clock.advance(minutes=1)
    assert await ends(work, waiting.id, other_node) is S.TIMED_OUT
    work.clock.advance(hours=23)
    assert await ends(work, invited.id, other_node) is S.EXPIRED


async def test_two_nodes_that_check_at_the_same_time_end_each_session_once(
    work: Workplace, other_node: Parts
) -> None:
    made = [await work.create() for _ in range(5)]
    work.clock.advance(hours=24)
    number = await work.event_number()
    await work.parts.timers.end_due()
    await other_node.timers.end_due()
    told = [event.session_id for event in await work.events_after(number)]
    assert sorted(map(str, told)) == sorted(session.id for session in made)


async def test_what_ends_is_logged_as_done_by_nobody(work: Workplace) -> None:
    session = await work.create("nora")
    work.clock.advance(hours=24)
    await work.parts.timers.end_due()
    log = await work.parts.sessions.log(await work.caller("nora"), session.id)
    assert [(entry.what, entry.who) for entry in log.items] == [
        ("created", "Nora"),
        ("expired", ""),
    ]


async def test_the_live_sessions_can_be_counted_by_status(work: Workplace) -> None:
    await work.create()
    await work.create()
    await work.waiting()
    gone = await work.create()
    await work.parts.sessions.close(await work.caller("nora"), gone.id)
    counts = await count_by_status(work.parts.database)
    assert counts == {S.INVITED: 2, S.WAITING: 1}
