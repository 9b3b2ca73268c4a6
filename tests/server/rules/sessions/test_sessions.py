"""Start, hold, transfer, close, and who sees what."""

import asyncio

import pytest

from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import CreateSession, TransferSession
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from rescue_console.server.refusals import Refusal
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

S = SessionStatus


async def seen_by(work: Workplace, name: str) -> set[str]:
    page = await work.parts.sessions.page(await work.caller(name), [], None, 100)
    return {session.id for session in page.items}


async def transfer(
    work: Workplace, giver: str, session_id: str, to: str, comment: str = ""
) -> None:
    """Transfer a session to the group or the technician *to*."""
    if to in work.groups:
        request = TransferSession(group_id=work.groups[to], comment=comment)
    else:
        taker = await work.caller(to)
        request = TransferSession(technician_id=taker.technician_id, comment=comment)
    people = () if to in work.groups else (to,)
    async with work.at_desk(*people):
        await work.parts.sessions.transfer(await work.caller(giver), session_id, request)


async def start(work: Workplace, name: str, session_id: str) -> SessionStatus:
    return (await work.parts.sessions.start(await work.caller(name), session_id)).status


async def test_start_makes_a_waiting_session_active_with_whoever_starts(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    started = await work.parts.sessions.start(await work.caller("adam"), session.id)
    assert started.status is S.ACTIVE
    assert started.technician is not None
    assert started.technician.name == "Adam"


async def test_of_two_who_start_at_once_one_wins_and_the_other_is_told_who(
    work: Workplace, other_node: Parts
) -> None:
    session, _ = await work.waiting("nora")
    nora, adam = await work.caller("nora"), await work.caller("adam")
    answers = await asyncio.gather(
        work.parts.sessions.start(nora, session.id),
        other_node.sessions.start(adam, session.id),
        return_exceptions=True,
    )
    [loser] = [answer for answer in answers if isinstance(answer, Refusal)]
    holder = (await work.read(session)).technician
    assert holder is not None
    assert (loser.word, loser.problem.holder) == (ProblemWord.TAKEN_BY, holder.name)
    assert holder.name in loser.problem.detail


async def test_starting_twice_changes_nothing(work: Workplace) -> None:
    session, _ = await work.active("nora")
    number = await work.event_number()
    assert await start(work, "nora", session.id) is S.ACTIVE
    assert await work.event_number() == number


@pytest.mark.parametrize("ended", [False, True])
async def test_a_session_without_its_customer_cannot_be_started(
    work: Workplace, ended: bool
) -> None:
    session = await work.create("nora")
    if ended:
        await work.parts.sessions.close(await work.caller("nora"), session.id)
    with refused(ProblemWord.STATUS_CONFLICT):
        await start(work, "nora", session.id)


async def test_the_group_limits_how_many_a_technician_has_active(work: Workplace) -> None:
    await work.set_group("North", settings={"max_active_sessions": 2})
    first, _ = await work.active("nora")
    await work.active("nora")
    third, _ = await work.waiting("nora")
    with refused(ProblemWord.TOO_MANY_ACTIVE):
        await start(work, "nora", third.id)
    assert await start(work, "adam", third.id) is S.ACTIVE
    await work.parts.sessions.hold(await work.caller("nora"), first.id)
    fourth, _ = await work.waiting("nora")
    assert await start(work, "nora", fourth.id) is S.ACTIVE


async def test_hold_sets_aside_and_start_resumes(work: Workplace) -> None:
    session, _ = await work.active("nora")
    held = await work.parts.sessions.hold(await work.caller("nora"), session.id)
    assert held.status is S.ON_HOLD
    with refused(ProblemWord.TAKEN_BY) as caught:
        await start(work, "adam", session.id)
    assert caught.problem.holder == "Nora"
    assert await start(work, "nora", session.id) is S.ACTIVE


async def test_only_an_active_session_can_be_held(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    with refused(ProblemWord.STATUS_CONFLICT):
        await work.parts.sessions.hold(await work.caller("nora"), session.id)


async def test_hold_and_transfer_need_their_permissions(work: Workplace) -> None:
    session, _ = await work.active("nora")
    await work.set_group("North", permissions={"hold_sessions": False, "transfer_sessions": False})
    with refused(ProblemWord.PERMISSION_MISSING) as caught:
        await work.parts.sessions.hold(await work.caller("nora"), session.id)
    assert caught.problem.permission == Permission.HOLD_SESSIONS
    with refused(ProblemWord.PERMISSION_MISSING) as caught:
        await transfer(work, "nora", session.id, "South")
    assert caught.problem.permission == Permission.TRANSFER_SESSIONS


async def test_a_colleague_may_not_hold_transfer_or_close_what_another_has(work: Workplace) -> None:
    session, _ = await work.active("nils")
    nora = await work.caller("nora")
    for asked in (
        work.parts.sessions.hold(nora, session.id),
        work.parts.sessions.close(nora, session.id),
        transfer(work, "nora", session.id, "South"),
    ):
        with refused(ProblemWord.TAKEN_BY) as caught:
            await asked
        assert caught.problem.holder == "Nils"
    assert await work.status(session) is S.ACTIVE


async def test_an_administrator_may_close_what_a_technician_has(work: Workplace) -> None:
    session, _ = await work.active("nora")
    closed = await work.parts.sessions.close(await work.caller("adam"), session.id)
    assert closed.status is S.CLOSED_BY_TECHNICIAN
    log = await work.parts.sessions.log(await work.caller("adam"), session.id)
    assert (log.items[-1].what, log.items[-1].who) == ("closed_by_technician", "Adam")


async def test_closing_what_is_over_changes_nothing(work: Workplace) -> None:
    session, token = await work.waiting("nora")
    await work.parts.customers.leave(token)
    number = await work.event_number()
    closed = await work.parts.sessions.close(await work.caller("nora"), session.id)
    assert closed.status is S.CLOSED_BY_WAITING_CUSTOMER
    assert await work.event_number() == number


async def test_a_technician_sees_their_own_group_and_those_below(work: Workplace) -> None:
    north, night, south = [(await work.create(name)).id for name in ("nora", "nils", "sara")]
    assert await seen_by(work, "olivia") == {north, night, south}
    assert await seen_by(work, "nora") == {north, night}
    assert await seen_by(work, "nils") == {night}
    assert await seen_by(work, "sam") == {south}


async def test_a_session_that_a_technician_may_not_see_is_not_found(work: Workplace) -> None:
    session, _ = await work.waiting("sara")
    nora, sessions = await work.caller("nora"), work.parts.sessions
    for asked in (
        sessions.read(nora, session.id),
        sessions.log(nora, session.id),
        sessions.start(nora, session.id),
        sessions.close(nora, session.id),
        transfer(work, "nora", session.id, "North"),
        sessions.read(nora, "0" * 32),
        sessions.read(nora, "\0"),
    ):
        with refused(ProblemWord.NOT_FOUND):
            await asked


async def test_a_transfer_to_a_colleague_is_theirs_to_start(work: Workplace) -> None:
    session, _ = await work.active("nora")
    await transfer(work, "nora", session.id, "sara", "Knows printers")
    offered = await work.parts.sessions.read(await work.caller("sara"), session.id)
    assert offered.status is S.TRANSFERRING
    assert offered.transfer is not None
    assert offered.transfer.to_technician is not None
    assert (offered.transfer.from_technician.name, offered.transfer.to_technician.name) == (
        "Nora",
        "Sara",
    )
    assert offered.transfer.comment == "Knows printers"
    with refused(ProblemWord.NOT_ALLOWED) as caught:
        await start(work, "adam", session.id)
    assert caught.problem.detail == "Nora is transferring this session to Sara."
    taken = await work.parts.sessions.start(await work.caller("sara"), session.id)
    assert taken.technician is not None
    assert (taken.technician.name, taken.transfer, taken.group.name) == ("Sara", None, "South")
    assert session.id in await seen_by(work, "nora"), "who made a session keeps sight of it"


async def test_a_transfer_to_a_group_is_for_whoever_sees_that_group(work: Workplace) -> None:
    session, _ = await work.active("sara")
    await transfer(work, "sara", session.id, "Night")
    for name in ("olivia", "nora", "nils", "sara", "sam"):
        assert session.id in await seen_by(work, name)
    with refused(ProblemWord.NOT_ALLOWED):
        await start(work, "sam", session.id)
    assert await start(work, "nils", session.id) is S.ACTIVE
    assert session.id not in await seen_by(work, "sam")


async def test_the_giver_can_take_a_transfer_back(work: Workplace) -> None:
    session, _ = await work.active("nora")
    await transfer(work, "nora", session.id, "sara")
    assert session.id in await seen_by(work, "sara")
    assert await start(work, "nora", session.id) is S.ACTIVE
    assert session.id not in await seen_by(work, "sara")
    assert (await work.read(session)).group.name == "North"


async def test_a_waiting_session_can_be_transferred_by_its_creator(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    await transfer(work, "nora", session.id, "South")
    assert await start(work, "sam", session.id) is S.ACTIVE


async def test_a_transfer_goes_to_one_existing_colleague_or_group(work: Workplace) -> None:
    session, _ = await work.active("nora")
    nora = await work.caller("nora")
    for request in (
        TransferSession(),
        TransferSession(technician_id=nora.technician_id, group_id=work.groups["South"]),
        TransferSession(technician_id=nora.technician_id),
        TransferSession(technician_id="nobody"),
        TransferSession(technician_id="\0"),
        TransferSession(group_id="nowhere"),
    ):
        with refused(ProblemWord.INVALID):
            await work.parts.sessions.transfer(nora, session.id, request)
    assert await work.status(session) is S.ACTIVE


async def test_pages_hold_every_session_once_newest_first(work: Workplace) -> None:
    made = []
    for _ in range(7):
        work.clock.advance(seconds=1)
        made.append((await work.create("nora")).id)
    caller, found, after = await work.caller("nora"), [], None
    while True:
        page = await work.parts.sessions.page(caller, [], after, 3)
        found += [session.id for session in page.items]
        if page.next is None:
            break
        after = page.next
    assert found == made[::-1]
    assert page.event_number == await work.event_number()


async def test_a_page_can_be_limited_to_some_statuses(work: Workplace) -> None:
    await work.create("nora")
    waiting, _ = await work.waiting("nora")
    caller = await work.caller("nora")
    page = await work.parts.sessions.page(caller, [S.WAITING, S.ACTIVE], None, 10)
    assert [session.id for session in page.items] == [waiting.id]


async def test_the_log_tells_who_did_what_and_when(work: Workplace) -> None:
    session, token = await work.active("nora")
    work.clock.advance(minutes=3)
    await transfer(work, "nora", session.id, "South", "Printer")
    await work.parts.customers.leave(token)
    log = await work.parts.sessions.log(await work.caller("nora"), session.id)
    assert [(entry.what, entry.who, entry.detail) for entry in log.items] == [
        ("created", "Nora", "link"),
        ("connecting", "", ""),
        ("page_joined", "", ""),
        ("waiting", "", ""),
        ("active", "Nora", ""),
        ("transferring", "Nora", "Printer"),
        ("closed_by_customer", "", ""),
    ]
    assert log.items[-1].at == work.clock.now


async def test_twenty_technicians_on_two_nodes_do_not_get_in_each_others_way(
    work: Workplace, other_node: Parts
) -> None:
    await work.set_group("Example Help", settings={"max_active_sessions": 50})
    nodes = (work.parts, other_node)
    nora = await work.caller("nora")

    async def help_somebody(number: int) -> SessionStatus:
        here, there = nodes[number % 2], nodes[1 - number % 2]
        request = CreateSession(method=ConnectionMethod.LINK)
        session = await here.sessions.create(nora, request)
        await work.join(session)
        await there.sessions.start(nora, session.id)
        await asyncio.gather(here.timers.end_due(), there.presence.sweep())
        await here.sessions.hold(nora, session.id)
        return (await there.sessions.close(nora, session.id)).status

    answers = await asyncio.gather(*(help_somebody(number) for number in range(10)))
    assert answers == [S.CLOSED_BY_TECHNICIAN] * 10


async def test_a_log_is_read_in_pages_from_its_end(work: Workplace) -> None:
    session, _ = await work.active("nora")
    nora, sessions = await work.caller("nora"), work.parts.sessions
    for _ in range(2):
        await sessions.hold(nora, session.id)
        await sessions.start(nora, session.id)
    whole = await sessions.log(nora, session.id)
    assert not whole.more
    assert [entry.number for entry in whole.items] == sorted({e.number for e in whole.items})
    newest = await sessions.log(nora, session.id, limit=3)
    assert (newest.items, newest.more) == (whole.items[-3:], True)
    before = newest.items[0].number
    rest = await sessions.log(nora, session.id, before=before)
    assert (rest.items, rest.more) == (whole.items[:-3], False)
