"""Every power on its own: asked for with its permission, granted by the customer, ended, logged."""

from pathlib import Path

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import Answered
from rescue_console.protocol.powers import APPLET_POWERS, POWER_PERMISSIONS, Consent, Power
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendSignal, TransferSession
from rescue_console.protocol.signals import SignalKind
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.helping.powers import Powers
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

POWERS = pytest.mark.parametrize("power", Power)
SIGNALS = {Power.VIEW: SignalKind.VIEW_READY, Power.FILES: SignalKind.FILES_READY}
"""The signals with which powers are used at the server; others are used in the applet's channel."""


async def with_applet(work: Workplace) -> Session:
    """Return nora's active session with its applet connected."""
    session, customer = await work.active("nora")
    await work.join_with_applet(session, customer)
    await work.parts.helping.applet_connected(session.id, connected=True)
    return session


async def ask(work: Workplace, session: Session, power: Power) -> Session:
    return await work.parts.powers.ask(await work.caller("nora"), session.id, power)


async def answer(work: Workplace, session: Session, power: Power, *, granted: bool) -> None:
    await work.parts.helping.answered(session.id, Answered(power=power, granted=granted))


async def consent(work: Workplace, session: Session, power: Power) -> Consent:
    return (await work.read(session)).consents.get(power, Consent.NONE)


async def log_of(work: Workplace, session: Session, power: Power) -> list[str]:
    """Return what the session's log says about *power*."""
    log = await work.parts.sessions.log(await work.caller("olivia"), session.id)
    return [line.what for line in log.items if line.what.startswith(f"{power}_")]


async def check_useless(work: Workplace, session: Session, power: Power) -> None:
    """Check that the server does nothing that *power* is needed for."""
    caller = await work.caller("nora")
    if power in SIGNALS:
        signal = SendSignal(kind=SIGNALS[power])
        with refused(ProblemWord.STATUS_CONFLICT):
            await work.parts.signals.send(caller, session.id, signal)
    if power is Power.REBOOT:
        with refused(ProblemWord.STATUS_CONFLICT):
            await work.parts.restarts.begin(caller, session.id)


@POWERS
async def test_a_power_is_not_asked_for_without_its_permission(
    work: Workplace, power: Power
) -> None:
    session = await with_applet(work)
    others = {each for other in Power if other is not power for each in POWER_PERMISSIONS[other]}
    await work.set_group("North", permissions=dict.fromkeys(POWER_PERMISSIONS[power], False))
    with refused(ProblemWord.PERMISSION_MISSING):
        await ask(work, session, power)

    assert others.isdisjoint(POWER_PERMISSIONS[power])
    assert await consent(work, session, power) is Consent.NONE


@POWERS
@pytest.mark.parametrize("stands", [Consent.NONE, Consent.ASKED, Consent.DENIED])
async def test_a_power_is_of_no_use_before_the_customer_has_granted_it(
    work: Workplace, power: Power, stands: Consent
) -> None:
    session = await with_applet(work)
    # What nobody asks for cannot be granted, whatever the customer's side sends.
    await answer(work, session, power, granted=True)
    if stands is not Consent.NONE:
        await ask(work, session, power)
    if stands is Consent.DENIED:
        await answer(work, session, power, granted=False)
        await answer(work, session, power, granted=True)

    assert await consent(work, session, power) is stands
    await check_useless(work, session, power)


@POWERS
@pytest.mark.parametrize("end", ["taken back", "given up", "hold", "transfer", "close"])
async def test_every_grant_and_the_end_of_every_grant_has_its_own_log_line(
    work: Workplace, power: Power, end: str
) -> None:
    session = await with_applet(work)
    await ask(work, session, power)
    await answer(work, session, power, granted=True)
    nora = await work.caller("nora")
    match end:
        case "taken back":
            await answer(work, session, power, granted=False)
        case "given up":
            await work.parts.powers.drop(nora, session.id, power)
        case "hold":
            await work.parts.sessions.hold(nora, session.id)
        case "transfer":
            to = TransferSession(group_id=work.groups["South"])
            await work.parts.sessions.transfer(nora, session.id, to)
        case "close":
            await work.parts.sessions.close(nora, session.id)

    ended = Consent.DENIED if end == "taken back" else Consent.NONE
    assert await consent(work, session, power) is ended
    assert await log_of(work, session, power) == [
        f"{power}_asked",
        f"{power}_granted",
        f"{power}_{ended}",
    ]
    await check_useless(work, session, power)


@pytest.fixture
def with_applets(work: Workplace, tmp_path: Path) -> Workplace:
    """The workplace, with a server that has the applet for Linux alone."""
    (tmp_path / "rescue-applet").write_bytes(b"applet")
    work.parts.powers = Powers(work.parts.powers._books, Applets(tmp_path))
    return work


@pytest.mark.parametrize("power", sorted(APPLET_POWERS))
async def test_what_needs_the_applet_is_asked_for_before_it_is_there_but_not_granted(
    with_applets: Workplace, power: Power
) -> None:
    work = with_applets
    session, customer = await work.active("nora")
    await ask(work, session, power)
    await answer(work, session, power, granted=True)
    assert await consent(work, session, power) is Consent.ASKED

    await work.join_with_applet(session, customer)
    await work.parts.helping.applet_connected(session.id, connected=True)
    assert await consent(work, session, power) is Consent.ASKED
    await answer(work, session, power, granted=True)
    assert await consent(work, session, power) is Consent.GRANTED


@pytest.mark.parametrize("power", sorted(APPLET_POWERS))
async def test_the_applet_is_not_asked_for_where_the_server_has_none(
    work: Workplace, power: Power
) -> None:
    session, _ = await work.active("nora")
    with refused(ProblemWord.STATUS_CONFLICT):
        await ask(work, session, power)


async def test_the_applet_is_not_asked_for_on_a_device_for_which_there_is_none(
    with_applets: Workplace,
) -> None:
    work = with_applets
    session = await work.create("nora")
    link = await work.link_of(session)
    await work.parts.customers.join(link.code, link.key, DevicePlatform.WINDOWS)
    await work.parts.sessions.start(await work.caller("nora"), session.id)
    with refused(ProblemWord.STATUS_CONFLICT):
        await ask(work, session, Power.CONTROL)


async def test_the_customer_can_refuse_to_start_the_applet(with_applets: Workplace) -> None:
    work = with_applets
    session, _ = await work.active("nora")
    await ask(work, session, Power.CONTROL)
    await answer(work, session, Power.CONTROL, granted=False)
    assert await consent(work, session, Power.CONTROL) is Consent.DENIED
