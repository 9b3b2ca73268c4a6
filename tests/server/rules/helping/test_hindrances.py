"""Why a power is not there: told to the technician, kept as long as it is true, and in the log."""

import pytest

from rescue_console.protocol.answers import Session
from rescue_console.protocol.customer import Answered, Hindered
from rescue_console.protocol.hindrances import NO_OBSTACLES, REPORTED, PowerHindrance
from rescue_console.protocol.powers import Consent, Power
from tests.stage.rules.workplace import Workplace

OBSTACLES = sorted(REPORTED - NO_OBSTACLES)


async def ask(work: Workplace, session: Session, power: Power = Power.VIEW) -> Session:
    return await work.parts.powers.ask(await work.caller("nora"), session.id, power)


async def report(
    work: Workplace, session: Session, word: PowerHindrance, power: Power = Power.VIEW
) -> None:
    await work.parts.helping.hindered(session.id, Hindered(power=power, hindrance=word))


async def answer(
    work: Workplace,
    session: Session,
    *,
    granted: bool,
    power: Power = Power.VIEW,
    hindrance: PowerHindrance | None = None,
) -> None:
    said = Answered(power=power, granted=granted, hindrance=hindrance)
    await work.parts.helping.answered(session.id, said)


async def known(work: Workplace, session: Session, power: Power = Power.VIEW) -> str | None:
    return (await work.read(session)).hindrances.get(power)


async def last_line(work: Workplace, session: Session) -> tuple[str, str]:
    log = await work.parts.sessions.log(await work.caller("olivia"), session.id)
    return log.items[-1].what, log.items[-1].detail


@pytest.mark.parametrize("word", OBSTACLES)
async def test_what_the_page_reports_is_told_and_stays_the_reason_of_a_no(
    work: Workplace, word: PowerHindrance
) -> None:
    session, _ = await work.active("nora")
    await ask(work, session)
    await report(work, session, word)
    assert await known(work, session) == word
    assert (await work.read(session)).consents[Power.VIEW] is Consent.ASKED
    await answer(work, session, granted=False)
    assert await known(work, session) == word
    assert await last_line(work, session) == ("view_denied", word)


@pytest.mark.parametrize("word", [None, *sorted(NO_OBSTACLES)])
async def test_whoever_could_have_said_yes_has_declined(
    work: Workplace, word: PowerHindrance | None
) -> None:
    session, _ = await work.active("nora")
    await ask(work, session)
    if word is not None:
        await report(work, session, word)
    await answer(work, session, granted=False)
    assert await known(work, session) == PowerHindrance.DECLINED
    assert await last_line(work, session) == ("view_denied", "declined")


async def test_stopping_is_not_declining(work: Workplace) -> None:
    session, _ = await work.active("nora")
    await ask(work, session)
    await answer(work, session, granted=True)
    assert await known(work, session) is None
    await answer(work, session, granted=False)
    assert await known(work, session) == PowerHindrance.TAKEN_BACK
    assert await last_line(work, session) == ("view_denied", "taken_back")


async def test_asking_again_begins_anew(work: Workplace) -> None:
    session, _ = await work.active("nora")
    await ask(work, session)
    await report(work, session, PowerHindrance.BLOCKED)
    await answer(work, session, granted=False)
    assert Power.VIEW not in (await ask(work, session)).hindrances


async def test_a_camera_in_place_of_the_screen_is_known_while_it_is_shown(work: Workplace) -> None:
    session, _ = await work.active("nora")
    camera = PowerHindrance.CAMERA_ONLY
    await ask(work, session)
    await answer(work, session, granted=True, hindrance=camera)
    assert await known(work, session) == camera
    await report(work, session, PowerHindrance.CAMERA_NOT_READABLE)
    assert await known(work, session) == PowerHindrance.CAMERA_NOT_READABLE
    await answer(work, session, granted=True, hindrance=camera)
    assert await known(work, session) == camera
    await work.parts.sessions.hold(await work.caller("nora"), session.id)
    assert await known(work, session) is None


async def test_the_page_can_report_only_what_it_knows_of_what_it_was_asked_for(
    work: Workplace,
) -> None:
    session, _ = await work.active("nora")
    await report(work, session, PowerHindrance.BLOCKED)
    assert await known(work, session) is None
    await ask(work, session)
    for word in set(PowerHindrance) - REPORTED:
        await report(work, session, word)
        assert await known(work, session) is None
    await report(work, session, PowerHindrance.BLOCKED, Power.CONTROL)
    assert await known(work, session, Power.CONTROL) is None


async def test_a_browser_without_scripts_is_known_until_they_run(work: Workplace) -> None:
    session = await work.create("nora")
    token = await work.join(session)
    none = PowerHindrance.NO_SCRIPTS
    await work.parts.customers.came_back(token, scripts=False)
    assert (await work.read(session)).hindrances == {Power.VIEW: none, Power.FILES: none}
    await work.parts.sessions.start(await work.caller("nora"), session.id)
    assert (await ask(work, session)).hindrances[Power.VIEW] == none
    await work.parts.customers.came_back(token)
    assert await known(work, session) == none
    await work.parts.customers.came_back(token, scripts=True)
    assert (await work.read(session)).hindrances == {}
