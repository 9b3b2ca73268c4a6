"""What IT forbids during a session ends during that session, and nothing else does."""

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.customer import Answered
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import POWER_PERMISSIONS, Consent, Power
from rescue_console.protocol.requests import ChangeTechnician, SendSignal, TransferSession
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.rules.workplace import Workplace, body_of

RECORDING = SendSignal(kind=SignalKind.RECORDING, body="on")


async def helped(work: Workplace, *powers: Power, who: str = "nora") -> Session:
    """Return *who*'s active session, with its applet, in which *powers* are granted."""
    session, customer = await work.active(who)
    await work.join_with_applet(session, customer)
    await work.parts.helping.applet_connected(session.id, connected=True)
    for power in powers:
        await work.parts.powers.ask(await work.caller(who), session.id, power)
        await work.parts.helping.answered(session.id, Answered(power=power, granted=True))
    return session


async def granted(work: Workplace, session: Session) -> set[Power]:
    consents = (await work.read(session)).consents
    return {power for power, consent in consents.items() if consent is Consent.GRANTED}


async def log_of(work: Workplace, session: Session) -> list[tuple[str, str]]:
    log = await work.parts.sessions.log(await work.caller("olivia"), session.id)
    return [(line.what, line.who) for line in log.items]


async def change(work: Workplace, who: str, **changes: object) -> None:
    technician_id = (await work.caller(who)).technician_id
    request = ChangeTechnician(**changes)  # type: ignore[arg-type]
    await work.parts.technicians.change(await work.caller("olivia"), technician_id, request)


@pytest.mark.parametrize("power", Power)
async def test_a_power_ends_with_its_permission_and_both_sides_are_told(
    work: Workplace, power: Power
) -> None:
    other = Power.FILES if power is Power.VIEW else Power.VIEW
    here, beside = await helped(work, power, other), await helped(work, power, who="sara")
    number = await work.event_number()
    await work.set_group("North", permissions=dict.fromkeys(POWER_PERMISSIONS[power], False))
    assert await granted(work, here) == {other}
    assert await granted(work, beside) == {power}
    assert (await log_of(work, here))[-1] == (f"{power}_none", "Olivia")
    told = [body_of(each) for each in await work.events_after(number)]
    assert [list(each["session"]["consents"]) for each in told if "session" in each] == [[other]]


async def test_what_is_only_asked_for_ends_too_and_a_denial_stays(work: Workplace) -> None:
    session = await helped(work)
    nora = await work.caller("nora")
    for power in (Power.VIEW, Power.CONTROL):
        await work.parts.powers.ask(nora, session.id, power)
    denied = Answered(power=Power.VIEW, granted=False)
    await work.parts.helping.answered(session.id, denied)
    forbidden = [Permission.VIEW_SCREEN, Permission.CONTROL]
    await work.set_group("North", permissions=dict.fromkeys(forbidden, False))
    assert (await work.read(session)).consents == {Power.VIEW: Consent.DENIED}


async def test_files_stay_as_long_as_one_direction_is_allowed(work: Workplace) -> None:
    session = await helped(work, Power.FILES)
    await work.set_group("North", permissions={Permission.SEND_FILES: False})
    assert await granted(work, session) == {Power.FILES}
    await work.set_group("North", permissions={Permission.RECEIVE_FILES: False})
    assert await granted(work, session) == set()


async def test_what_a_group_above_forbids_ends_below_it(work: Workplace) -> None:
    session = await helped(work, Power.VIEW, who="nils")
    await work.set_group("North", permissions={Permission.VIEW_SCREEN: False})
    assert await granted(work, session) == set()


async def test_a_moved_group_or_technician_takes_its_sessions_along(work: Workplace) -> None:
    moved, with_group = await helped(work, Power.VIEW), await helped(work, Power.VIEW, who="nils")
    await work.set_group("South", permissions={Permission.VIEW_SCREEN: False})
    await change(work, "nora", group_id=work.groups["South"])
    await work.set_group("Night", parent_id=work.groups["South"])
    assert await granted(work, moved) == await granted(work, with_group) == set()


async def test_everything_ends_when_the_technician_is_disabled(work: Workplace) -> None:
    session = await helped(work, *Power)
    await change(work, "nora", enabled=False)
    assert (await work.read(session)).consents == {}
    assert {(f"{power}_none", "Olivia") for power in Power} <= set(await log_of(work, session))


async def test_a_restart_that_is_forbidden_is_not_waited_for(work: Workplace) -> None:
    session = await helped(work, Power.REBOOT)
    await work.parts.restarts.begin(await work.caller("nora"), session.id)
    await work.set_group("North", permissions={Permission.REBOOT: False})
    assert await work.status(session) is SessionStatus.ACTIVE


async def test_a_recording_that_is_forbidden_ends_with_its_picture(work: Workplace) -> None:
    recorded = await helped(work, Power.VIEW)
    watched = await helped(work, Power.VIEW)
    await work.parts.signals.send(await work.caller("nora"), recorded.id, RECORDING)
    await work.set_group("North", permissions={Permission.RECORD_SCREEN: False})
    assert await granted(work, watched) == {Power.VIEW}
    assert await granted(work, recorded) == set()
    ends = [("recording_off", "Olivia"), ("view_none", "Olivia")]
    assert (await log_of(work, recorded))[-2:] == ends


async def test_whoever_takes_over_a_session_begins_without_powers(work: Workplace) -> None:
    session = await helped(work, *Power)
    to = TransferSession(group_id=work.groups["South"])
    await work.parts.sessions.transfer(await work.caller("nora"), session.id, to)
    taken = await work.parts.sessions.start(await work.caller("sara"), session.id)
    assert taken.consents == {}
    await work.set_group("South", permissions={Permission.CONTROL: False})
    assert (await work.read(session)).consents == {}
