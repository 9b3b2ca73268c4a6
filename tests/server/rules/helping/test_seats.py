"""One console of a technician has what exists once in a session; another takes it when told to."""

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.customer import Answered
from rescue_console.protocol.powers import Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendSignal, TakeSeat, TransferSession
from rescue_console.protocol.signals import SignalKind
from rescue_console.server.events.log import SIGNAL_TO_CUSTOMER
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.computers import note_computer
from tests.stage.rules.company import ADDRESS, PASSWORD, email_of
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace, body_of

READY = SendSignal(kind=SignalKind.RELAY_READY, body="00" * 32)
POLITELY, FIRMLY = TakeSeat(), TakeSeat(take_over=True)


async def console(work: Workplace, computer: str, name: str = "nora") -> Caller:
    """Return the technician *name* as the caller from another console of theirs."""
    sign_ins = work.parts.sign_ins
    tokens = await sign_ins.sign_in(email_of(name), PASSWORD, ADDRESS)
    caller, _ = await sign_ins.caller(tokens.access_token)
    await note_computer(work.parts.database, caller.sign_in_id, computer)
    return caller


async def computer(work: Workplace, session: Session) -> str | None:
    """Return the computer of the console that has the seat."""
    seat = (await work.read(session)).seat
    return None if seat is None else seat.computer


async def log_of(work: Workplace, session: Session) -> list[tuple[str, str]]:
    log = await work.parts.sessions.log(await work.caller("olivia"), session.id)
    return [(line.what, line.detail) for line in log.items]


async def test_the_console_that_starts_a_session_has_its_seat(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    desk = await console(work, "Desk")
    await console(work, "Laptop")
    started = await work.parts.sessions.start(desk, session.id)
    assert started.seat is not None
    assert (started.seat.console, started.seat.computer) == (desk.sign_in_id, "Desk")


async def test_a_session_started_by_a_script_is_helped_by_the_first_console_that_needs_it(
    work: Workplace,
) -> None:
    session, _ = await work.active("nora")
    assert await computer(work, session) is None
    laptop, desk = await console(work, "Laptop"), await console(work, "Desk")
    await work.parts.signals.send(laptop, session.id, READY)
    assert await computer(work, session) == "Laptop"
    with refused(ProblemWord.HELPED_ELSEWHERE) as caught:
        await work.parts.signals.send(desk, session.id, READY)
    assert caught.problem.computer == "Laptop"
    assert "Laptop" in caught.problem.detail


async def agreed(work: Workplace, session: Session) -> None:
    """Let the customer grant what a page can give."""
    for power in (Power.VIEW, Power.FILES):
        await work.parts.powers.ask(await work.caller("nora"), session.id, power)
        await work.parts.helping.answered(session.id, Answered(power=power, granted=True))


@pytest.mark.parametrize("kind", [kind for kind in SignalKind if kind is not SignalKind.TYPING])
async def test_no_signal_of_a_console_without_the_seat_reaches_the_customer(
    work: Workplace, kind: SignalKind
) -> None:
    session, _ = await work.waiting("nora")
    desk, laptop = await console(work, "Desk"), await console(work, "Laptop")
    await work.parts.sessions.start(desk, session.id)
    await agreed(work, session)
    before = await work.event_number()
    with refused(ProblemWord.HELPED_ELSEWHERE):
        await work.parts.signals.send(laptop, session.id, SendSignal(kind=kind, body="off"))
    assert await work.events_after(before) == []


async def test_both_consoles_may_write_to_the_customer(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    desk, laptop = await console(work, "Desk"), await console(work, "Laptop")
    await work.parts.sessions.start(desk, session.id)
    await work.parts.signals.send(laptop, session.id, SendSignal(kind=SignalKind.TYPING))
    assert await computer(work, session) == "Desk"


async def test_a_console_takes_over_only_when_it_says_so(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    desk, laptop = await console(work, "Desk"), await console(work, "Laptop")
    seats = work.parts.seats
    await work.parts.sessions.start(desk, session.id)
    with work.parts.attendance.console(desk.technician_id, desk.sign_in_id):
        with refused(ProblemWord.HELPED_ELSEWHERE):
            await seats.take(laptop, session.id, POLITELY)
        taken = await seats.take(laptop, session.id, FIRMLY)
    assert taken.seat is not None
    assert taken.seat.computer == "Laptop"
    again = await work.event_number()
    await seats.take(laptop, session.id, FIRMLY)
    assert await work.events_after(again) == []
    assert [detail for what, detail in await log_of(work, session) if "seat" in what] == ["Laptop"]
    with refused(ProblemWord.HELPED_ELSEWHERE):
        await work.parts.signals.send(desk, session.id, READY)


async def test_a_console_that_is_not_connected_any_more_leaves_its_seat_to_who_asks(
    work: Workplace,
) -> None:
    session, _ = await work.waiting("nora")
    desk, laptop = await console(work, "Desk"), await console(work, "Laptop")
    await work.parts.sessions.start(desk, session.id)
    asking = work.parts.seats.take(laptop, session.id, POLITELY)
    if work.parts.database.is_sqlite:
        await asking
        assert await computer(work, session) == "Laptop"
    else:
        # It may be connected to another node.
        with refused(ProblemWord.HELPED_ELSEWHERE):
            await asking


async def test_a_console_that_asks_for_news_by_requests_keeps_its_seat_between_them(
    work: Workplace,
) -> None:
    session, _ = await work.waiting("nora")
    desk, laptop = await console(work, "Desk"), await console(work, "Laptop")
    await work.parts.sessions.start(desk, session.id)
    with work.parts.attendance.console(desk.technician_id, desk.sign_in_id, asks_again=True):
        pass
    with refused(ProblemWord.HELPED_ELSEWHERE):
        await work.parts.seats.take(laptop, session.id, POLITELY)


async def test_an_administrator_is_not_offered_the_seat_of_somebody_elses_session(
    work: Workplace,
) -> None:
    session, _ = await work.waiting("nora")
    desk, boss = await console(work, "Desk"), await console(work, "Boss", "olivia")
    await work.parts.sessions.start(desk, session.id)
    with refused(ProblemWord.STATUS_CONFLICT) as sent:
        await work.parts.signals.send(boss, session.id, READY)
    with refused(ProblemWord.STATUS_CONFLICT) as taken:
        await work.parts.seats.take(boss, session.id, FIRMLY)
    assert sent.problem == taken.problem
    assert await computer(work, session) == "Desk"


async def test_the_seat_of_a_sign_in_that_has_ended_is_free(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    tokens = await work.parts.sign_ins.sign_in(email_of("nora"), PASSWORD, ADDRESS)
    desk, _ = await work.parts.sign_ins.caller(tokens.access_token)
    await note_computer(work.parts.database, desk.sign_in_id, "Desk")
    laptop = await console(work, "Laptop")
    await work.parts.sessions.start(desk, session.id)
    await work.parts.sign_ins.sign_out(tokens.refresh_token)
    await work.parts.signals.send(laptop, session.id, READY)
    assert await computer(work, session) == "Laptop"


async def test_a_console_that_is_closed_frees_its_seats_and_no_other(work: Workplace) -> None:
    first, _ = await work.waiting("nora")
    second, _ = await work.waiting("nora")
    desk, laptop = await console(work, "Desk"), await console(work, "Laptop")
    await work.parts.sessions.start(desk, first.id)
    await work.parts.sessions.start(laptop, second.id)
    await work.parts.seats.leave(desk)
    assert await computer(work, first) is None
    assert await computer(work, second) == "Laptop"


@pytest.mark.parametrize("way", ["taken over", "closed"])
async def test_a_recording_ends_with_the_console_that_makes_it(work: Workplace, way: str) -> None:
    session, _ = await work.waiting("nora")
    desk, laptop = await console(work, "Desk"), await console(work, "Laptop")
    await work.parts.sessions.start(desk, session.id)
    await agreed(work, session)
    recording = SendSignal(kind=SignalKind.RECORDING, body="on")
    await work.parts.signals.send(desk, session.id, recording)
    before = await work.event_number()
    if way == "closed":
        await work.parts.seats.leave(desk)
    else:
        await work.parts.seats.take(laptop, session.id, FIRMLY)
    told = [
        body_of(event)["signal"]
        for event in await work.events_after(before)
        if event.kind == SIGNAL_TO_CUSTOMER
    ]
    assert told == [{"kind": "recording", "body": "off"}]
    assert [what for what, _ in await log_of(work, session)].count("recording_off") == 1


async def test_a_colleague_who_takes_the_session_gets_a_seat_of_their_own(work: Workplace) -> None:
    session, _ = await work.waiting("nora")
    desk = await console(work, "Desk")
    await work.parts.sessions.start(desk, session.id)
    to = TransferSession(group_id=work.groups["South"])
    await work.parts.sessions.transfer(desk, session.id, to)
    sara = await console(work, "Sara's", "sara")
    await work.parts.sessions.start(sara, session.id)
    assert await computer(work, session) == "Sara's"


@pytest.mark.parametrize("who", ["sara", "adam"])
async def test_nobody_else_can_take_the_seat(work: Workplace, who: str) -> None:
    session, _ = await work.waiting("nora")
    await work.parts.sessions.start(await console(work, "Desk"), session.id)
    with refused(ProblemWord.NOT_FOUND if who == "sara" else ProblemWord.STATUS_CONFLICT):
        await work.parts.seats.take(await work.caller(who), session.id, FIRMLY)
    assert await computer(work, session) == "Desk"


@pytest.mark.parametrize("before", ["waiting", "on hold", "closed"])
async def test_there_is_no_seat_in_a_session_that_nobody_helps_in(
    work: Workplace, before: str
) -> None:
    session, _ = await work.waiting("nora")
    nora = await work.caller("nora")
    if before != "waiting":
        await work.parts.sessions.start(nora, session.id)
        end = work.parts.sessions.hold if before == "on hold" else work.parts.sessions.close
        await end(nora, session.id)
    with refused(ProblemWord.STATUS_CONFLICT):
        await work.parts.seats.take(nora, session.id, FIRMLY)


async def test_a_computers_name_is_made_safe_to_show(work: Workplace, other_node: Parts) -> None:
    session, _ = await work.waiting("nora")
    desk = await console(work, "Desk\n\u202e" + "x" * 200)
    # The name is known to every node.
    started = await other_node.sessions.start(desk, session.id)
    assert started.seat is not None
    assert started.seat.computer == "Desk " + "x" * 58 + "…"
