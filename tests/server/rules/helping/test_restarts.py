"""Restarting the customer's device: who may, what the session is meanwhile, what comes back."""

from datetime import timedelta

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import Answered, StaysOn
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

S = SessionStatus


async def grant(work: Workplace, session: Session, *powers: Power) -> None:
    """Let nora ask for *powers* and the customer grant them."""
    for power in powers:
        await work.parts.powers.ask(await work.caller("nora"), session.id, power)
        await work.parts.helping.answered(session.id, Answered(power=power, granted=True))


async def with_applet(work: Workplace, *granted: Power) -> tuple[Session, str]:
    """Return nora's session with its applet connected and *granted*, and the applet's token."""
    session, token, _ = await with_both(work, *granted)
    return session, token


async def with_both(work: Workplace, *granted: Power) -> tuple[Session, str, str]:
    """Return the same and the token of the page."""
    session, customer = await work.active("nora")
    token = await work.join_with_applet(session, customer)
    await work.parts.helping.applet_connected(session.id, connected=True)
    await grant(work, session, *granted)
    return await work.read(session), token, customer


async def restart(work: Workplace, session: Session, who: str = "nora") -> Session:
    return await work.parts.restarts.begin(await work.caller(who), session.id)


async def log_of(work: Workplace, session: Session) -> list[tuple[str, str]]:
    """Return the entries of the session's log and their details, in order."""
    log = await work.parts.sessions.log(await work.caller("nora"), session.id)
    return [(entry.what, entry.detail) for entry in log.items]


async def test_a_restart_makes_the_session_rebooting_and_the_return_active_as_before(
    work: Workplace,
) -> None:
    session, token = await with_applet(work, Power.REBOOT, Power.CONTROL)
    work.clock.advance(minutes=1)
    assert (await restart(work, session)).status is S.REBOOTING
    await work.parts.helping.applet_connected(session.id, connected=False)
    await work.parts.customers.went_away(session.id)
    assert await work.status(session) is S.REBOOTING

    work.clock.advance(minutes=2)
    assert await work.parts.helping.applet_came(token, returned=True) == session.id

    back = await work.read(session)
    assert (back.status, back.status_since) == (S.ACTIVE, session.status_since)
    assert back.consents == {Power.CONTROL: Consent.GRANTED}
    assert ("rebooting", "") in await log_of(work, session)


async def test_the_picture_is_asked_for_again_since_its_page_is_closed(work: Workplace) -> None:
    session, token = await with_applet(work, Power.REBOOT, Power.VIEW)
    await restart(work, session)
    await work.parts.helping.applet_came(token, returned=True)
    assert (await work.read(session)).consents == {Power.VIEW: Consent.ASKED}


async def test_a_short_loss_of_connection_before_the_restart_is_not_a_return(
    work: Workplace,
) -> None:
    session, token = await with_applet(work, Power.REBOOT)
    await restart(work, session)
    await work.parts.helping.applet_came(token)
    assert await work.status(session) is S.REBOOTING


async def test_asking_twice_restarts_once(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await restart(work, session)
    number = await work.event_number()
    assert (await restart(work, session)).status is S.REBOOTING
    assert await work.event_number() == number


async def test_without_the_customers_consent_nothing_restarts(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.CONTROL)
    with refused(ProblemWord.STATUS_CONFLICT):
        await restart(work, session)
    await work.parts.powers.ask(await work.caller("nora"), session.id, Power.REBOOT)
    with refused(ProblemWord.STATUS_CONFLICT):
        await restart(work, session)
    assert await work.status(session) is S.ACTIVE


async def test_without_the_applet_nothing_restarts(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await work.parts.helping.applet_connected(session.id, connected=False)
    with refused(ProblemWord.STATUS_CONFLICT):
        await restart(work, session)


async def test_a_group_without_the_permission_restarts_nothing(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await work.deny("North", "reboot")
    with refused(ProblemWord.PERMISSION_MISSING):
        await restart(work, session)


async def test_only_the_holder_of_the_session_restarts(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    with refused(ProblemWord.NOT_FOUND):
        await restart(work, session, "sara")


async def test_a_session_on_hold_cannot_restart(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await work.parts.sessions.hold(await work.caller("nora"), session.id)
    with refused(ProblemWord.STATUS_CONFLICT):
        await restart(work, session)


async def test_taking_the_power_back_calls_the_restart_off(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await restart(work, session)
    await work.parts.helping.answered(session.id, Answered(power=Power.REBOOT, granted=False))
    after = await work.read(session)
    assert (after.status, after.consents) == (S.ACTIVE, {Power.REBOOT: Consent.DENIED})


async def test_giving_the_power_up_calls_the_restart_off(work: Workplace) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await restart(work, session)
    dropped = await work.parts.powers.drop(await work.caller("nora"), session.id, Power.REBOOT)
    assert (dropped.status, dropped.consents) == (S.ACTIVE, {})


async def test_a_device_that_stays_on_makes_the_session_active_and_the_log_says_why(
    work: Workplace,
) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await restart(work, session)
    said = StaysOn(problem=RestartProblem.REFUSED, detail="Access\ndenied\x1b[2J")
    await work.parts.helping.stays_on(session.id, said)
    assert await work.status(session) is S.ACTIVE
    lines = await log_of(work, session)
    assert ("restart_refused", "Access denied [2J") in lines

    await work.parts.helping.stays_on(session.id, said)
    assert await log_of(work, session) == lines


@pytest.mark.parametrize("later", [False, True], ids=["in time", "too late"])
async def test_a_device_that_is_not_back_in_time_is_offline_and_can_still_return(
    work: Workplace, later: bool
) -> None:
    session, token = await with_applet(work, Power.REBOOT)
    assert (await restart(work, session)).due_at == work.clock.now + timedelta(minutes=5)
    work.clock.advance(minutes=5, seconds=0 if later else -1)
    await work.parts.timers.end_due()
    assert await work.status(session) is (S.OFFLINE if later else S.REBOOTING)
    await work.parts.helping.applet_came(token, returned=True)
    assert await work.status(session) is S.ACTIVE


async def test_a_session_closed_meanwhile_no_longer_knows_its_applet(work: Workplace) -> None:
    session, token = await with_applet(work, Power.REBOOT)
    await restart(work, session)
    await work.parts.sessions.close(await work.caller("nora"), session.id)
    assert await work.parts.helping.applet_came(token, returned=True) is None
    assert await work.status(session) is S.CLOSED_BY_TECHNICIAN


async def test_a_customer_whose_page_is_there_is_not_offline_without_the_applet(
    work: Workplace,
) -> None:
    session, _ = await with_applet(work, Power.REBOOT)
    await restart(work, session)
    await work.parts.helping.applet_connected(session.id, connected=False)
    work.clock.advance(minutes=5)
    with work.parts.presence.page(session.id):
        await work.parts.presence.sweep()
        await work.parts.timers.end_due()
        assert await work.status(session) is S.ACTIVE
    await work.parts.presence.close()


async def test_after_an_applet_was_killed_the_next_joins_and_its_grants_are_asked_for_anew(
    work: Workplace,
) -> None:
    powers = (Power.REBOOT, Power.CONTROL, Power.VIEW, Power.FILES)
    session, token, customer = await with_both(work, *powers)
    await work.parts.helping.applet_connected(session.id, connected=False)

    new_token = await work.join_with_applet(session, customer)

    assert await work.parts.helping.applet_came(token) is None
    assert await work.parts.helping.applet_came(new_token) == session.id
    after = await work.read(session)
    assert (after.status, after.consents) == (
        S.ACTIVE,
        # The page may provide these, too.
        {Power.CONTROL: Consent.ASKED, Power.VIEW: Consent.GRANTED, Power.FILES: Consent.GRANTED},
    )
    lines = [what for what, _ in await log_of(work, session)]
    assert sorted(lines[-3:]) == ["applet_joined", "control_asked", "reboot_none"]


async def test_while_the_applet_is_connected_no_other_gets_in(work: Workplace) -> None:
    session, token, customer = await with_both(work, Power.CONTROL)
    with refused(ProblemWord.ALREADY_EXISTS):
        await work.join_with_applet(session, customer)
    assert await work.parts.helping.applet_came(token) == session.id
    assert (await work.read(session)).consents == {Power.CONTROL: Consent.GRANTED}


@pytest.mark.parametrize("late", [False, True], ids=["in time", "too late"])
async def test_an_applet_that_the_restart_did_not_bring_back_is_started_by_hand(
    work: Workplace, late: bool
) -> None:
    session, token, customer = await with_both(work, Power.REBOOT, Power.CONTROL)
    await restart(work, session)
    await work.parts.helping.applet_connected(session.id, connected=False)
    if late:
        work.clock.advance(minutes=5)
        await work.parts.timers.end_due()

    new_token = await work.join_with_applet(session, customer)
    await work.parts.helping.applet_came(new_token)

    after = await work.read(session)
    assert (after.status, after.consents) == (S.ACTIVE, {Power.CONTROL: Consent.ASKED})
    # If the restart brings the first applet back after all, another has replaced it.
    assert await work.parts.helping.applet_came(token, returned=True) is None


async def test_an_ended_session_lets_no_applet_in_again(work: Workplace) -> None:
    session, _, customer = await with_both(work)
    link = await work.parts.customers.applet_pass(None, customer)
    assert link is not None
    await work.parts.helping.applet_connected(session.id, connected=False)
    await work.parts.sessions.close(await work.caller("nora"), session.id)
    joining = work.parts.helping.join_with_applet(link.code, link.key, DevicePlatform.LINUX)
    assert await joining is None
    assert await work.parts.customers.applet_pass(None, customer) is None
