"""Creating sessions: who may, what they get, and never twice for one key."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform, Language
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import (
    ChangeOrganization,
    ChangeTechnician,
    CreateSession,
)
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.codes import DIGITS_MAX, digits_needed
from rescue_console.server.rules.access.throttle import PIN_TOTAL, WINDOW
from rescue_console.server.storage.tables import sessions, technicians
from tests.stage.rules.attempts import fill
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import PUBLIC_URL, Workplace

METHODS = list(ConnectionMethod)
LINK = ConnectionMethod.LINK
PIN = ConnectionMethod.PIN
EMAIL = ConnectionMethod.EMAIL


@pytest.mark.parametrize("method", METHODS)
async def test_a_session_begins_invited_with_a_code_and_a_link(
    work: Workplace, method: ConnectionMethod
) -> None:
    made = await work.create("nora", method, name=" Zoé\n\u202e ", platform=DevicePlatform.LINUX)
    assert (made.status, made.name, made.method) == (SessionStatus.INVITED, "Zoé", method)
    assert (made.created_by.name, made.group.name, made.technician) == ("Nora", "North", None)
    assert (made.created_at, made.status_since) == (work.clock.now, work.clock.now)
    assert made.due_at == made.expires_at
    assert re.fullmatch("[0-9]{6}", made.code)


async def test_a_pin_leads_to_the_page_where_it_is_typed_and_links_lead_to_the_session(
    work: Workplace,
) -> None:
    pin, link = await work.create(method=PIN), await work.create(method=LINK)
    assert pin.link == f"{PUBLIC_URL}/"
    key = (await work.link_of(link)).key
    assert link.link == f"{PUBLIC_URL}/Customer/Code.aspx?i=3&Code={link.code}&k={key}"
    assert (await work.create(method=EMAIL)).link.startswith(f"{PUBLIC_URL}/Customer/Code.aspx?i=2")


async def test_only_a_session_by_email_comes_with_a_mail(work: Workplace) -> None:
    mailed = await work.create(method=EMAIL)
    assert mailed.mail is not None
    assert mailed.link in mailed.mail.text
    assert (await work.create(method=PIN)).mail is None
    assert (await work.create(method=LINK)).mail is None


async def test_codes_live_as_long_as_the_group_says(work: Workplace) -> None:
    await work.set_group("Example Help", settings={"pin_life_minutes": 3, "link_life_hours": 2})
    now = work.clock.now
    assert (await work.create(method=PIN)).expires_at == now + timedelta(minutes=3)
    assert (await work.create(method=EMAIL)).expires_at == now + timedelta(hours=2)
    assert (await work.create(method=LINK)).expires_at == now + timedelta(hours=2)


@pytest.mark.parametrize("method", METHODS)
async def test_a_code_life_of_zero_means_forever(work: Workplace, method: ConnectionMethod) -> None:
    await work.set_group("North", settings={"pin_life_minutes": 0, "link_life_hours": 0})
    made = await work.create(method=method)
    assert (made.expires_at, made.due_at) == (None, None)
    work.clock.advance(days=25)
    await work.parts.timers.end_due()
    assert await work.status(made) is SessionStatus.INVITED


@pytest.mark.parametrize(
    ("permission", "method"),
    [
        *((Permission.PRIVATE_SESSIONS, method) for method in METHODS),
        (Permission.METHOD_PIN, PIN),
        (Permission.METHOD_EMAIL, EMAIL),
        (Permission.METHOD_LINK, LINK),
    ],
)
async def test_a_missing_permission_is_named(
    work: Workplace, permission: Permission, method: ConnectionMethod
) -> None:
    await work.deny("North", permission)
    with refused(ProblemWord.PERMISSION_MISSING) as caught:
        await work.create("nora", method)
    assert caught.problem.permission == permission
    assert await work.count_sessions() == 0
    await work.create("sara", method)


@pytest.mark.parametrize("method", METHODS)
async def test_other_methods_need_not_be_allowed(work: Workplace, method: ConnectionMethod) -> None:
    others = {f"method_{other}": False for other in METHODS if other is not method}
    await work.set_group("North", permissions={**others, "mobile_module": False})
    assert (await work.create("nora", method)).method is method


@pytest.mark.parametrize(
    "wish",
    [{"mobile": True}, {"platform": DevicePlatform.IOS}, {"platform": DevicePlatform.ANDROID}],
    ids=str,
)
async def test_phones_need_the_mobile_module_of_the_group_or_the_technician(
    work: Workplace, wish: dict[str, object]
) -> None:
    await work.deny("North", Permission.MOBILE_MODULE)
    with refused(ProblemWord.PERMISSION_MISSING) as caught:
        await work.create("nora", EMAIL, **wish)
    assert caught.problem.permission == Permission.MOBILE_MODULE
    async with work.parts.database.write() as connection:
        nora = technicians.c.name == "Nora"
        await connection.execute(update(technicians).where(nora).values(mobile_module=True))
    assert (await work.create("nora", EMAIL, **wish)).method is EMAIL


async def test_a_name_too_long_to_show_is_refused_with_its_place(work: Workplace) -> None:
    with refused(ProblemWord.INVALID) as caught:
        await work.create("nora", name="x" * 10_000)
    assert [error.where for error in caught.problem.errors] == ["name"]
    assert await work.count_sessions() == 0


async def test_the_language_is_the_organizations_unless_chosen(work: Workplace) -> None:
    await work.parts.organization.change(
        await work.caller("olivia"), ChangeOrganization(language=Language("fr"))
    )
    assert (await work.create()).language == Language("fr")
    assert (await work.create(language=Language("en"))).language == Language("en")


@pytest.mark.parametrize(("asked", "spoken"), [("de", "en"), ("fr-CA", "fr")])
async def test_a_language_without_texts_falls_back(
    work: Workplace, asked: str, spoken: str
) -> None:
    session = await work.create(language=Language(asked))
    assert session.language == Language(spoken)


async def test_repeating_a_key_returns_the_first_session(work: Workplace) -> None:
    caller, request = await work.caller("nora"), CreateSession(method=EMAIL, name="Zoé")
    first = await work.parts.sessions.create(caller, request, "key")
    number = await work.event_number()
    assert await work.parts.sessions.create(caller, request, "key") == first
    assert await work.event_number() == number
    assert await work.count_sessions() == 1


async def test_a_key_used_for_another_request_is_refused(work: Workplace) -> None:
    caller = await work.caller("nora")
    await work.parts.sessions.create(caller, CreateSession(method=LINK, name="Zoé"), "key")
    with refused(ProblemWord.KEY_REUSED):
        await work.parts.sessions.create(caller, CreateSession(method=LINK, name="Zoe"), "key")
    assert await work.count_sessions() == 1


async def test_keys_of_two_technicians_are_independent(work: Workplace) -> None:
    request = CreateSession(method=LINK)
    for name in ("nora", "sara"):
        await work.parts.sessions.create(await work.caller(name), request, "key")
    assert await work.count_sessions() == 2


async def test_two_requests_with_one_key_at_once_make_one_session(
    work: Workplace, other_node: Parts
) -> None:
    caller, request = await work.caller("nora"), CreateSession(method=EMAIL)
    made = await asyncio.gather(
        *(node.sessions.create(caller, request, "key") for node in [work.parts, other_node] * 3)
    )
    assert len({session.id for session in made}) == 1
    assert await work.count_sessions() == 1


async def test_a_key_is_forgotten_after_three_days(work: Workplace) -> None:
    request = CreateSession(method=LINK)
    first = await work.parts.sessions.create(await work.caller("nora"), request, "key")
    work.clock.advance(days=3, seconds=-1)
    await work.parts.timers.tidy()
    caller = await work.caller("nora")
    assert (await work.parts.sessions.create(caller, request, "key")).id == first.id
    work.clock.advance(seconds=2)
    await work.parts.timers.tidy()
    assert (await work.parts.sessions.create(caller, request, "key")).id != first.id


async def test_many_technicians_at_once_all_get_their_own_code(
    work: Workplace, other_node: Parts
) -> None:
    caller = await work.caller("nora")
    made = await asyncio.gather(
        *(
            node.sessions.create(caller, CreateSession(method=PIN, name=f"Customer {number}"))
            for number in range(10)
            for node in (work.parts, other_node)
        )
    )
    assert len({session.id for session in made}) == len({session.code for session in made}) == 20
    numbers = [event.number for event in await work.events_after(0) if event.session_id]
    assert len(numbers) == 20


@pytest.mark.parametrize(
    ("live_pins", "live_codes", "digits"),
    [(1, 1, 6), (10, 10, 6), (11, 11, 7), (100, 100, 7), (101, 101, 8), (0, 100_000, 6)],
)
def test_a_code_grows_before_a_blind_guess_hits_too_often(
    live_pins: int, live_codes: int, digits: int
) -> None:
    assert digits_needed(live_pins, live_codes) == digits


def test_a_code_grows_before_free_ones_are_hard_to_find() -> None:
    assert digits_needed(0, 100_001) == 7
    assert digits_needed(1_000_000, 1_000_000) == 11 < DIGITS_MAX


async def test_the_eleventh_pin_has_seven_digits_and_links_stay_short(work: Workplace) -> None:
    pins = [await work.create(method=PIN) for _ in range(11)]
    assert [len(pin.code) for pin in pins] == [6] * 10 + [7]
    assert len((await work.create(method=LINK)).code) == 6


async def test_a_pin_that_somebody_has_used_no_longer_counts(work: Workplace) -> None:
    pins = [await work.create(method=PIN) for _ in range(10)]
    await work.join(pins[0])
    assert len((await work.create(method=PIN)).code) == 6


async def test_no_two_live_sessions_can_have_one_code(work: Workplace) -> None:
    first, second = await work.create(), await work.create()
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with work.parts.database.write() as connection:
            await connection.execute(
                update(sessions).where(sessions.c.id == second.id).values(code=first.code)
            )
    await work.parts.sessions.close(await work.caller("nora"), first.id)
    async with work.parts.database.write() as connection:
        await connection.execute(
            update(sessions).where(sessions.c.id == second.id).values(code=first.code)
        )
    assert (await work.read(second)).code == first.code


async def test_a_disabled_technician_creates_nothing(work: Workplace) -> None:
    owner, nora = await work.caller("olivia"), await work.caller("nora")
    await work.parts.technicians.change(owner, nora.technician_id, ChangeTechnician(enabled=False))
    with refused(ProblemWord.NOT_SIGNED_IN):
        await work.create("nora")


async def test_while_pins_are_guessed_at_new_ones_are_longer_and_links_are_not(
    work: Workplace,
) -> None:
    await fill(work.parts, PIN_TOTAL, PIN_TOTAL.limit)
    assert len((await work.create(method=PIN)).code) == 8
    assert len((await work.create(method=LINK)).code) == 6
    work.clock.advance(seconds=WINDOW.total_seconds())
    assert len((await work.create(method=PIN)).code) == 6


async def test_the_address_stays_with_the_session_and_nothing_is_sent_to_it(
    work: Workplace,
) -> None:
    session = await work.create(method=EMAIL, to=" anna@exämple.org ")
    assert session.to == "anna@exämple.org"
    assert session.email is None
    read = await work.parts.sessions.read(await work.caller("nora"), session.id)
    assert read.to == "anna@exämple.org"
    assert (await work.create(method=EMAIL)).to == ""


@pytest.mark.parametrize(
    "address", ["", "anna", "anna@example.org, ben@example.org", "a@b\r\nX: y"]
)
async def test_an_address_that_is_none_is_refused(work: Workplace, address: str) -> None:
    with refused(ProblemWord.INVALID):
        await work.create(method=EMAIL, to=address)
    assert await work.count_sessions() == 0
