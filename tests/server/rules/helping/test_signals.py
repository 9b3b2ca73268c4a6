"""A technician's signals reach the customer's side only for what the customer has agreed to."""

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.customer import Answered
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import SignalKind
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace


@pytest.mark.parametrize(
    ("kind", "power"),
    [
        (SignalKind.ANSWER, Power.VIEW),
        (SignalKind.VIEW_READY, Power.VIEW),
        (SignalKind.FILES_ANSWER, Power.FILES),
        (SignalKind.FILES_CANDIDATE, Power.FILES),
        (SignalKind.FILES_READY, Power.FILES),
    ],
)
async def test_a_signal_needs_the_power_that_it_is_for(
    work: Workplace, kind: SignalKind, power: Power
) -> None:
    session, _ = await work.active("nora")
    caller = await work.caller("nora")
    parts = work.parts
    other = Power.FILES if power is Power.VIEW else Power.VIEW
    for asked in (other, power):
        with refused(ProblemWord.STATUS_CONFLICT):
            await parts.signals.send(caller, session.id, SendSignal(kind=kind))
        await parts.powers.ask(caller, session.id, asked)
        await parts.helping.answered(session.id, Answered(power=asked, granted=True))
    await parts.signals.send(caller, session.id, SendSignal(kind=kind))


ON = SendSignal(kind=SignalKind.RECORDING, body="on")
OFF = SendSignal(kind=SignalKind.RECORDING, body="off")


async def watched(work: Workplace) -> Session:
    """Return nora's active session in which she may see the screen."""
    session, _ = await work.active("nora")
    await work.parts.powers.ask(await work.caller("nora"), session.id, Power.VIEW)
    await work.parts.helping.answered(session.id, Answered(power=Power.VIEW, granted=True))
    return session


async def recordings(work: Workplace, session: Session) -> list[str]:
    """Return what the session's log says about recordings."""
    log = await work.parts.sessions.log(await work.caller("olivia"), session.id)
    return [line.what for line in log.items if line.what.startswith("recording")]


async def test_a_recording_needs_its_permission_and_the_picture(work: Workplace) -> None:
    session, _ = await work.active("nora")
    with refused(ProblemWord.STATUS_CONFLICT):
        await work.parts.signals.send(await work.caller("nora"), session.id, ON)
    session = await watched(work)
    await work.set_group("North", permissions={Permission.RECORD_SCREEN: False})
    with refused(ProblemWord.PERMISSION_MISSING):
        await work.parts.signals.send(await work.caller("nora"), session.id, ON)
    assert await recordings(work, session) == []


async def test_the_beginning_and_end_of_a_recording_are_logged_once_each(work: Workplace) -> None:
    session = await watched(work)
    for signal in (OFF, ON, ON, OFF, OFF):
        await work.parts.signals.send(await work.caller("nora"), session.id, signal)
    assert await recordings(work, session) == ["recording_on", "recording_off"]


@pytest.mark.parametrize("end", ["hold", "close", "taken back", "given up"])
async def test_a_recording_ends_with_what_it_records(work: Workplace, end: str) -> None:
    session = await watched(work)
    nora = await work.caller("nora")
    await work.parts.signals.send(nora, session.id, ON)
    match end:
        case "hold":
            await work.parts.sessions.hold(nora, session.id)
        case "close":
            await work.parts.sessions.close(nora, session.id)
        case "taken back":
            taken = Answered(power=Power.VIEW, granted=False)
            await work.parts.helping.answered(session.id, taken)
        case "given up":
            await work.parts.powers.drop(nora, session.id, Power.VIEW)
    assert await recordings(work, session) == ["recording_on", "recording_off"]
