"""What becomes of a held or transferred session whose customer is lost and comes back."""

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import TransferSession
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace, body_of

S = SessionStatus
SOON_MINUTES, LATE_MINUTES = 4, 6


async def offer(work: Workplace, session: Session, **to: str) -> None:
    request = TransferSession(comment="Speaks French", **to)
    await work.parts.sessions.transfer(await work.caller("nora"), session.id, request)


async def lose_and_find(work: Workplace, session: Session, token: str, minutes: int) -> Session:
    """Let the customer be away for *minutes*; return the session once they are back."""
    await work.parts.customers.went_away(session.id)
    work.clock.advance(minutes=minutes)
    await work.parts.timers.end_due()
    await work.parts.customers.came_back(token)
    return await work.read(session)


async def test_a_short_loss_leaves_a_transfer_pending(work: Workplace) -> None:
    session, token = await work.active("nora")
    await offer(work, session, group_id=work.groups["South"])
    back = await lose_and_find(work, session, token, SOON_MINUTES)
    assert back.status is S.TRANSFERRING
    assert back.transfer is not None
    assert back.transfer.comment == "Speaks French"
    taken = await work.parts.sessions.start(await work.caller("sara"), session.id)
    assert (taken.status, taken.transfer) == (S.ACTIVE, None)


@pytest.mark.parametrize("to", ["group", "technician"])
async def test_after_a_long_loss_the_giver_has_the_session_back(work: Workplace, to: str) -> None:
    session, token = await work.active("nora")
    sara = await work.caller("sara")
    if to == "group":
        await offer(work, session, group_id=work.groups["South"])
    else:
        async with work.at_desk("sara"):
            await offer(work, session, technician_id=sara.technician_id)
    number = await work.event_number()
    back = await lose_and_find(work, session, token, LATE_MINUTES)
    assert (back.status, back.transfer) == (S.WAITING, None)
    with refused(ProblemWord.NOT_FOUND):
        await work.parts.sessions.start(sara, session.id)
    events = await work.events_after(number)
    removed = [event for event in events if event.kind == "session.removed"]
    assert [body_of(event)["session_id"] for event in removed] == [session.id]
    [told] = removed
    assert told.group_id in sara.visible_groups or sara.technician_id in told.technician_ids
    again = await work.parts.sessions.start(await work.caller("nora"), session.id)
    assert again.status is S.ACTIVE


async def test_a_session_transferred_within_its_group_stays_visible_to_it(work: Workplace) -> None:
    session, token = await work.active("nora")
    await offer(work, session, group_id=work.groups["North"])
    number = await work.event_number()
    back = await lose_and_find(work, session, token, LATE_MINUTES)
    assert (back.status, back.transfer) == (S.WAITING, None)
    kinds = {event.kind for event in await work.events_after(number)}
    assert kinds == {"session.changed"}


@pytest.mark.parametrize(
    ("minutes", "status"), [(SOON_MINUTES, S.ON_HOLD), (LATE_MINUTES, S.WAITING)]
)
async def test_a_held_session_stays_with_whoever_set_it_aside(
    work: Workplace, minutes: int, status: S
) -> None:
    session, token = await work.active("nora")
    await work.parts.sessions.hold(await work.caller("nora"), session.id)
    back = await lose_and_find(work, session, token, minutes)
    assert (back.status, back.transfer) == (status, None)
    with refused(ProblemWord.TAKEN_BY):
        await work.parts.sessions.start(await work.caller("adam"), session.id)
    again = await work.parts.sessions.start(await work.caller("nora"), session.id)
    assert (again.status, again.transfer) == (S.ACTIVE, None)


async def test_a_held_session_can_be_given_away_and_taken_back(work: Workplace) -> None:
    session, _ = await work.active("nora")
    nora = await work.caller("nora")
    await work.parts.sessions.hold(nora, session.id)
    await offer(work, session, group_id=work.groups["South"])
    again = await work.parts.sessions.start(nora, session.id)
    assert (again.status, again.transfer, again.consents) == (S.ACTIVE, None, {})
