"""What customers do, and which status their session has then."""

import asyncio

import pytest

from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import TransferSession
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.throttle import PIN_TOTAL
from rescue_console.server.rules.clockwork.presence import SILENT
from tests.stage.rules.attempts import fill
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

S = SessionStatus
LINUX = DevicePlatform.LINUX
ADDRESS = "198.51.100.9"


async def test_looking_at_a_link_changes_nothing(work: Workplace, parts: Parts) -> None:
    session = await work.create()
    link = await work.link_of(session)
    number = await work.event_number()
    view = await parts.customers.by_link(link.code, link.key)
    assert view is not None
    assert (view.status, view.joinable, view.joined) == (S.INVITED, True, False)
    assert (view.technician, view.organization) == ("Nora", "Example Help")
    assert await work.event_number() == number


async def test_a_code_without_its_key_opens_nothing(work: Workplace, parts: Parts) -> None:
    session, other = await work.create(), await work.create()
    link, wrong = await work.link_of(session), (await work.link_of(other)).key
    for key in (wrong, "", None, link.key[:-1], link.key + "\0"):
        assert await parts.customers.by_link(link.code, key) is None
        assert await parts.customers.join(link.code, key, LINUX) is None
    assert await parts.customers.page_opened(link.code, wrong, LINUX) is None
    assert await work.status(session) is S.INVITED


async def test_an_opened_page_is_connecting_and_a_closed_one_invited_again(
    work: Workplace, parts: Parts
) -> None:
    session = await work.create()
    link = await work.link_of(session)
    opened = await parts.customers.page_opened(link.code, link.key, LINUX)
    assert opened is not None
    assert opened.status is S.CONNECTING
    assert (await work.read(session)).detected_platform is LINUX
    await parts.customers.went_away(session.id)
    assert await work.status(session) is S.INVITED


async def test_joining_makes_the_session_wait_and_spends_the_link(
    work: Workplace, parts: Parts
) -> None:
    session = await work.create()
    token = await work.join(session)
    link = await work.link_of(session)
    assert await work.status(session) is S.WAITING
    assert await parts.customers.join(link.code, link.key, LINUX) is None
    view = await parts.customers.by_token(token)
    assert view is not None
    assert (view.session_id, view.joined) == (session.id, True)
    assert await parts.customers.by_token(token[:-1]) is None


async def test_of_two_browsers_that_join_at_once_one_is_let_in(
    work: Workplace, other_node: Parts
) -> None:
    link = await work.link_of(await work.create())
    tokens = await asyncio.gather(
        *(node.customers.join(link.code, link.key, LINUX) for node in [work.parts, other_node] * 3)
    )
    assert len([token for token in tokens if token]) == 1


async def test_an_expired_link_lets_nobody_in_even_before_the_timers_check(
    work: Workplace, parts: Parts
) -> None:
    session = await work.create()
    link = await work.link_of(session)
    work.clock.advance(hours=24)
    assert await parts.customers.join(link.code, link.key, LINUX) is None
    assert await work.status(session) is S.EXPIRED


async def test_a_customer_who_leaves_ends_the_session(work: Workplace, parts: Parts) -> None:
    session, token = await work.waiting()
    left = await parts.customers.leave(token)
    assert left is not None
    assert (left.status, left.over) == (S.CLOSED_BY_WAITING_CUSTOMER, True)
    assert await parts.customers.leave(token) == left
    assert await parts.customers.leave("unheard of") is None
    assert await work.status(session) is S.CLOSED_BY_WAITING_CUSTOMER


async def test_a_customer_who_leaves_in_the_middle_of_help_closed_it(
    work: Workplace, parts: Parts
) -> None:
    _, token = await work.active()
    left = await parts.customers.leave(token)
    assert left is not None
    assert left.status is S.CLOSED_BY_CUSTOMER


async def test_a_lost_customer_comes_back_to_the_earlier_status(
    work: Workplace, parts: Parts
) -> None:
    session, token = await work.active()
    work.clock.advance(minutes=1)
    await parts.customers.went_away(session.id)
    assert await work.status(session) is S.RECONNECTING
    work.clock.advance(minutes=4, seconds=59)
    await parts.timers.end_due()
    back = await parts.customers.came_back(token)
    assert back is not None
    assert back.status is S.ACTIVE
    now = await work.read(session)
    assert (now.status_since, now.due_at) == (session.status_since, session.due_at)


async def test_a_customer_lost_for_five_minutes_is_offline_and_may_still_return(
    work: Workplace, parts: Parts
) -> None:
    session, token = await work.active()
    await parts.customers.went_away(session.id)
    work.clock.advance(minutes=5)
    await parts.timers.end_due()
    assert await work.status(session) is S.OFFLINE
    await parts.customers.came_back(token)
    assert await work.status(session) is S.ACTIVE


@pytest.mark.parametrize("goal", [S.ON_HOLD, S.TRANSFERRING])
async def test_a_session_set_aside_waits_again_when_an_offline_customer_returns(
    work: Workplace, parts: Parts, goal: SessionStatus
) -> None:
    session, token = await work.active()
    nora = await work.caller("nora")
    if goal is S.ON_HOLD:
        await parts.sessions.hold(nora, session.id)
    else:
        request = TransferSession(group_id=work.groups["South"])
        await parts.sessions.transfer(nora, session.id, request)
    work.clock.advance(minutes=50)
    await parts.customers.went_away(session.id)
    work.clock.advance(minutes=20)
    await parts.timers.end_due()
    assert await work.status(session) is S.OFFLINE
    await parts.customers.came_back(token)
    await parts.timers.end_due()
    waiting = await work.read(session)
    assert (waiting.status, waiting.status_since) == (S.WAITING, work.clock.now)
    left = await parts.customers.leave(token)
    assert left is not None
    assert left.status is S.CLOSED_BY_WAITING_CUSTOMER


@pytest.mark.parametrize(
    ("before", "after"),
    [(S.WAITING, S.CLOSED_BY_WAITING_CUSTOMER), (S.ACTIVE, S.CLOSED_BY_CUSTOMER)],
)
async def test_a_customer_can_leave_while_the_server_thinks_them_lost(
    work: Workplace, parts: Parts, before: SessionStatus, after: SessionStatus
) -> None:
    session, token = await (work.waiting() if before is S.WAITING else work.active())
    await parts.customers.went_away(session.id)
    left = await parts.customers.leave(token)
    assert left is not None
    assert left.status is after


async def test_an_offline_customer_can_leave(work: Workplace, parts: Parts) -> None:
    session, token = await work.active()
    await parts.customers.went_away(session.id)
    work.clock.advance(minutes=5)
    await parts.timers.end_due()
    left = await parts.customers.leave(token)
    assert left is not None
    assert left.over


async def test_a_pin_opens_its_session_however_it_is_typed(work: Workplace, parts: Parts) -> None:
    session = await work.create(method=ConnectionMethod.PIN)
    arabic = session.code.translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
    for typed in (f" {session.code[:3]}-{session.code[3:]} ", f"\u2067PIN: {arabic}\u2069\r\n"):
        link = await parts.customers.check_pin(typed, ADDRESS)
        assert link == await work.link_of(session)


async def test_what_is_no_pin_is_no_wrong_guess(work: Workplace, parts: Parts) -> None:
    pin = (await work.create(method=ConnectionMethod.PIN)).code
    for _ in range(25):
        assert await parts.customers.check_pin(pin[:5], ADDRESS) is None
    assert await parts.customers.check_pin(pin, ADDRESS) is not None


async def test_wrong_used_and_unknown_codes_get_the_same_answer(
    work: Workplace, parts: Parts
) -> None:
    used = await work.create(method=ConnectionMethod.PIN)
    await work.join(used)
    by_link = await work.create(method=ConnectionMethod.LINK)
    closed = await work.create(method=ConnectionMethod.PIN)
    await parts.sessions.close(await work.caller("nora"), closed.id)
    for typed in (used.code, by_link.code, closed.code, "nonsense", "", "\0"):
        assert await parts.customers.check_pin(typed, ADDRESS) is None


async def test_a_pin_expires_after_a_quarter_of_an_hour(work: Workplace, parts: Parts) -> None:
    session = await work.create(method=ConnectionMethod.PIN)
    work.clock.advance(minutes=15, seconds=-1)
    await parts.timers.end_due()
    assert await parts.customers.check_pin(session.code, ADDRESS) is not None
    work.clock.advance(seconds=1)
    await parts.timers.end_due()
    assert await work.status(session) is S.EXPIRED
    assert await parts.customers.check_pin(session.code, ADDRESS) is None


async def test_twenty_wrong_pins_lock_out_one_network_for_a_while_but_not_another(
    work: Workplace, parts: Parts
) -> None:
    pin = (await work.create(method=ConnectionMethod.PIN)).code
    for host in range(20):
        assert await parts.customers.check_pin("000000000000", f"198.51.100.{host}") is None
    with refused(ProblemWord.TOO_MANY_ATTEMPTS) as caught:
        await parts.customers.check_pin(pin, "198.51.100.200")
    assert caught.problem.retry_after_s == 15 * 60
    assert await parts.customers.check_pin(pin, "198.51.101.1") is not None


async def test_wrong_pins_of_strangers_everywhere_stop_no_customer(
    work: Workplace, parts: Parts
) -> None:
    pin = (await work.create(method=ConnectionMethod.PIN)).code
    await fill(parts, PIN_TOTAL, PIN_TOTAL.limit * 10)
    for address in ("198.51.100.1", "2001:db8::1", "::ffff:203.0.113.1"):
        assert await parts.customers.check_pin(pin, address) is not None


async def test_a_refused_pin_is_logged_with_the_address_and_never_itself(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING"):
        for _ in range(20):
            await parts.customers.check_pin("000000000000", ADDRESS)
        with refused(ProblemWord.TOO_MANY_ATTEMPTS):
            await parts.customers.check_pin("000000000000", ADDRESS)
    assert {record.getMessage() for record in caplog.records} == {"PIN refused"}
    assert {vars(record)["address"] for record in caplog.records} == {ADDRESS}
    assert [vars(record)["why"] for record in caplog.records][-2:] == [
        ProblemWord.NOT_FOUND,
        ProblemWord.TOO_MANY_ATTEMPTS,
    ]
    assert not any("000000" in str(vars(record)) for record in caplog.records)


async def test_many_guesses_at_once_get_past_no_limit(work: Workplace, parts: Parts) -> None:
    answers = await asyncio.gather(
        *(parts.customers.check_pin("000000000000", ADDRESS) for _ in range(30)),
        return_exceptions=True,
    )
    assert answers.count(None) == 20


async def test_right_pins_are_not_counted(work: Workplace, parts: Parts) -> None:
    pin = (await work.create(method=ConnectionMethod.PIN)).code
    for _ in range(21):
        assert isinstance(await parts.customers.check_pin(pin, ADDRESS), LinkParts)


async def test_a_customer_whom_no_node_has_seen_is_reconnecting(
    work: Workplace, parts: Parts
) -> None:
    session, _ = await work.active()
    work.clock.advance(seconds=SILENT.total_seconds())
    await parts.presence.sweep()
    assert await work.status(session) is S.ACTIVE
    work.clock.advance(seconds=1)
    await parts.presence.sweep()
    assert await work.status(session) is S.RECONNECTING


async def test_a_customer_whom_any_node_sees_is_not_lost(
    work: Workplace, parts: Parts, other_node: Parts
) -> None:
    session, _ = await work.active()
    link = await work.link_of(invited := await work.create())
    await parts.customers.page_opened(link.code, link.key, LINUX)
    with other_node.presence.page(session.id), other_node.presence.page(invited.id):
        assert other_node.presence.connected == 2
        for _ in range(4):
            work.clock.advance(seconds=30)
            await other_node.presence.sweep()
            await parts.presence.sweep()
        assert await work.status(session) is S.ACTIVE
        assert await work.status(invited) is S.CONNECTING
        await other_node.presence.close()
    work.clock.advance(minutes=1)
    await parts.presence.sweep()
    assert await work.status(session) is S.RECONNECTING
    assert await work.status(invited) is S.INVITED


async def test_a_customer_who_has_just_come_back_does_not_count_as_lost(
    work: Workplace, parts: Parts
) -> None:
    session, token = await work.active()
    work.clock.advance(minutes=2)
    await parts.customers.came_back(token)
    await parts.customers.went_away(session.id, unseen_since=work.clock.now - SILENT)
    assert await work.status(session) is S.ACTIVE
