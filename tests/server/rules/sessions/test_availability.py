"""Who is online, away or busy, as colleagues see it, and to whom a session can go."""

import asyncio

import pytest

from rescue_console.protocol.choices import Availability
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SetAvailability, TransferSession
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace, body_of

AWAY, BUSY, ONLINE = Availability.AWAY, Availability.BUSY, Availability.ONLINE


async def seen(work: Workplace, name: str, by: str = "nora", node: Parts | None = None) -> str:
    """Return the availability of *name* as *by* sees it."""
    technicians = (node or work.parts).technicians
    colleagues = await technicians.colleagues(await work.caller(by))
    [availability] = [
        each.availability for each in colleagues.technicians if each.name == name.title()
    ]
    return availability


async def choose(work: Workplace, name: str, *, away: bool) -> None:
    request = SetAvailability(away=away)
    await work.parts.technicians.set_availability(await work.caller(name), request)


async def transfer(work: Workplace, to: str) -> SessionStatus:
    """Let nora transfer a new active session to the technician or the group *to*."""
    session, _ = await work.active("nora")
    request = (
        TransferSession(group_id=work.groups[to])
        if to in work.groups
        else TransferSession(technician_id=(await work.caller(to)).technician_id)
    )
    nora = await work.caller("nora")
    return (await work.parts.sessions.transfer(nora, session.id, request)).status


async def test_a_technician_without_a_console_is_away_two_minutes_later(work: Workplace) -> None:
    assert await seen(work, "sara") is AWAY
    async with work.at_desk("sara"):
        assert await seen(work, "sara") is ONLINE
        work.clock.advance(minutes=5)
        await work.parts.attendance.sweep()
    work.clock.advance(seconds=119)
    await work.parts.attendance.sweep()
    assert await seen(work, "sara") is ONLINE
    work.clock.advance(seconds=1)
    assert await seen(work, "sara") is AWAY


async def test_every_node_knows_whose_consoles_are_connected_to_another(
    work: Workplace, other_node: Parts
) -> None:
    async with work.at_desk("sara", "sara"):
        assert await seen(work, "sara", node=other_node) is ONLINE


async def test_one_of_two_consoles_is_enough(work: Workplace) -> None:
    async with work.at_desk("sara"):
        async with work.at_desk("sara"):
            pass
        work.clock.advance(minutes=2)
        await work.parts.attendance.sweep()
        assert await seen(work, "sara") is ONLINE


async def test_a_newcomer_is_recorded_without_waiting_for_the_next_beat(work: Workplace) -> None:
    attendance = work.parts.attendance
    beating = asyncio.create_task(attendance.beat())
    sara = await work.caller("sara")
    try:
        with attendance.console(sara.technician_id, sara.sign_in_id):
            async with asyncio.timeout(30):
                while await seen(work, "sara") is not ONLINE:
                    pass
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)


async def test_away_by_choice_lasts_until_the_technician_is_back_and_consoles_are_told(
    work: Workplace,
) -> None:
    async with work.at_desk("sara"):
        number = await work.event_number()
        for away, availability in ((True, AWAY), (True, AWAY), (False, ONLINE), (False, ONLINE)):
            await choose(work, "sara", away=away)
            assert await seen(work, "sara") is availability
            assert (await work.caller("sara")).away is away
    told = await work.events_after(number)
    sara = (await work.caller("sara")).technician_id
    assert [(body_of(each)["kind"], set(each.technician_ids)) for each in told] == [
        ("me.changed", {sara})
    ] * 2


async def test_a_technician_with_as_many_active_sessions_as_the_group_allows_is_busy(
    work: Workplace,
) -> None:
    await work.set_group("South", settings={"max_active_sessions": 2})
    async with work.at_desk("sara", "sam"):
        first, _ = await work.active("sara")
        await work.waiting("sara")
        assert await seen(work, "sara") is ONLINE
        await work.active("sara")
        assert (await seen(work, "sara"), await seen(work, "sam")) == (BUSY, ONLINE)
        await work.parts.sessions.hold(await work.caller("sara"), first.id)
        assert await seen(work, "sara") is ONLINE
        await work.active("sara")
        await choose(work, "sara", away=True)
        assert await seen(work, "sara") is AWAY


async def test_a_session_can_go_to_a_colleague_who_is_online(work: Workplace) -> None:
    async with work.at_desk("sara"):
        assert await transfer(work, "sara") is SessionStatus.TRANSFERRING


@pytest.mark.parametrize("hindrance", ["no console", "away", "busy"])
async def test_a_session_can_go_to_the_group_of_a_colleague_who_is_away_or_busy(
    work: Workplace, hindrance: str
) -> None:
    await work.set_group("South", settings={"max_active_sessions": 1})
    people = () if hindrance == "no console" else ("sara",)
    async with work.at_desk(*people):
        if hindrance == "away":
            await choose(work, "sara", away=True)
        if hindrance == "busy":
            await work.active("sara")
        with refused(ProblemWord.NOT_AVAILABLE) as caught:
            await transfer(work, "sara")
        word = "busy" if hindrance == "busy" else "away"
        assert caught.problem.detail.startswith(f"Sara is {word} at the moment.")
        assert await transfer(work, "South") is SessionStatus.TRANSFERRING


async def test_a_technician_who_is_away_can_still_start_their_own_sessions(work: Workplace) -> None:
    await choose(work, "sara", away=True)
    session, _ = await work.active("sara")
    assert await work.status(session) is SessionStatus.ACTIVE
