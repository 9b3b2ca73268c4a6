"""Signing in, staying signed in, and when that ends."""

import asyncio
import logging

import pytest
from sqlalchemy import func, select, update

from rescue_console.protocol.domain_names import fold_address
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.parts import Parts
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.access.known_places import DEVICE_LIFE, GOOD_NETWORK_LIFE
from rescue_console.server.rules.access.throttle import WhenFull, sign_in_buckets
from rescue_console.server.rules.access.tokens import (
    ACCESS_LIFE,
    REFRESH_GRACE,
    REFRESH_LIFE,
    token_hash,
)
from rescue_console.server.storage.tables import technicians, tokens
from tests.stage.rules.attempts import fill
from tests.stage.rules.company import ADDRESS, PASSWORD, email_of
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

NORA = email_of("nora")
NEW = "eleven orange kettles whistling"


async def is_good(parts: Parts, access_token: str) -> bool:
    try:
        await parts.sign_ins.caller(access_token)
    except Refusal as refusal:
        return refusal.word != ProblemWord.NOT_SIGNED_IN
    return True


async def test_a_technician_signs_in_with_their_address_in_any_case(parts: Parts) -> None:
    pair = await parts.sign_ins.sign_in(f" {NORA.upper()} ", PASSWORD, ADDRESS)
    caller, good_until = await parts.sign_ins.caller(pair.access_token)
    assert (caller.name, caller.email) == ("Nora", NORA)
    assert good_until - parts.clock() == ACCESS_LIFE
    assert pair.expires_in == ACCESS_LIFE.total_seconds()


@pytest.mark.parametrize(
    ("email", "password"),
    [(NORA, "wrong"), ("nobody@help.example", PASSWORD), ("", ""), ("\0", "\0"), (NORA, "")],
)
async def test_all_wrong_credentials_get_the_same_answer(
    parts: Parts, email: str, password: str
) -> None:
    with refused(ProblemWord.WRONG_CREDENTIALS) as caught:
        await parts.sign_ins.sign_in(email, password, ADDRESS)
    assert caught.problem.detail == (
        "The e-mail address or the password is wrong. Check both and try again."
    )


async def test_only_hashes_of_tokens_are_kept(parts: Parts) -> None:
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    async with parts.database.read() as connection:
        kept = set((await connection.execute(select(tokens.c.token_hash))).scalars())
    assert {token_hash(pair.access_token), token_hash(pair.refresh_token)} <= kept
    assert not {pair.access_token, pair.refresh_token} & kept


async def test_an_access_token_is_good_for_a_quarter_of_an_hour(work: Workplace) -> None:
    pair = await work.parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    work.clock.advance(seconds=ACCESS_LIFE.total_seconds() - 1)
    assert await is_good(work.parts, pair.access_token)
    work.clock.advance(seconds=1)
    assert not await is_good(work.parts, pair.access_token)


async def test_one_kind_of_token_does_not_pass_for_the_other(parts: Parts) -> None:
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    assert not await is_good(parts, pair.refresh_token)
    for token in (pair.access_token, "", "unheard of", "\0"):
        with refused(ProblemWord.NOT_SIGNED_IN):
            await parts.sign_ins.refresh(token)


async def test_refreshing_gives_new_tokens_each_time(work: Workplace) -> None:
    pair = await work.parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    work.clock.advance(days=29)
    renewed = await work.parts.sign_ins.refresh(pair.refresh_token)
    assert await is_good(work.parts, renewed.access_token)
    assert renewed.refresh_token != pair.refresh_token
    work.clock.advance(days=29)
    again = await work.parts.sign_ins.refresh(renewed.refresh_token)
    assert await is_good(work.parts, again.access_token)


async def test_a_refresh_token_expires_at_the_end_of_its_life(work: Workplace) -> None:
    pair = await work.parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    work.clock.advance(seconds=REFRESH_LIFE.total_seconds())
    with refused(ProblemWord.NOT_SIGNED_IN):
        await work.parts.sign_ins.refresh(pair.refresh_token)


async def test_a_lost_answer_can_be_asked_for_again_within_a_minute(work: Workplace) -> None:
    pair = await work.parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    lost = await work.parts.sign_ins.refresh(pair.refresh_token)
    work.clock.advance(seconds=REFRESH_GRACE.total_seconds())
    again = await work.parts.sign_ins.refresh(pair.refresh_token)
    assert await is_good(work.parts, again.access_token)
    assert await is_good(work.parts, lost.access_token)


async def test_a_spent_token_used_later_than_that_ends_the_whole_sign_in(work: Workplace) -> None:
    parts = work.parts
    other = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    renewed = await parts.sign_ins.refresh(pair.refresh_token)
    work.clock.advance(seconds=REFRESH_GRACE.total_seconds() + 1)
    with refused(ProblemWord.NOT_SIGNED_IN):
        await parts.sign_ins.refresh(pair.refresh_token)
    assert not await is_good(parts, renewed.access_token)
    with refused(ProblemWord.NOT_SIGNED_IN):
        await parts.sign_ins.refresh(renewed.refresh_token)
    assert await is_good(parts, other.access_token)


async def test_refreshing_on_two_nodes_at_once_ends_nothing(
    work: Workplace, other_node: Parts
) -> None:
    pair = await work.parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    pairs = await asyncio.gather(
        *(node.sign_ins.refresh(pair.refresh_token) for node in (work.parts, other_node))
    )
    for renewed in pairs:
        assert await is_good(work.parts, renewed.access_token)


async def test_signing_out_ends_this_sign_in_and_no_other(parts: Parts) -> None:
    other = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    await parts.sign_ins.sign_out(pair.refresh_token)
    await parts.sign_ins.sign_out(pair.refresh_token)
    await parts.sign_ins.sign_out("unheard of")
    assert not await is_good(parts, pair.access_token)
    assert await is_good(parts, other.access_token)


async def test_a_disabled_technician_is_signed_out_and_cannot_sign_in(parts: Parts) -> None:
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    async with parts.database.write() as connection:
        await connection.execute(
            update(technicians).where(technicians.c.name == "Nora").values(enabled=False)
        )
    assert not await is_good(parts, pair.access_token)
    with refused(ProblemWord.WRONG_CREDENTIALS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)


async def test_a_new_password_ends_the_other_sign_ins(parts: Parts) -> None:
    other = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    nora, _ = await parts.sign_ins.caller(pair.access_token)
    await parts.sign_ins.change_password(nora, PASSWORD, NEW, ADDRESS)
    assert await is_good(parts, pair.access_token)
    assert not await is_good(parts, other.access_token)
    with refused(ProblemWord.WRONG_CREDENTIALS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    assert (await parts.sign_ins.sign_in(NORA, NEW, ADDRESS)).access_token


async def test_a_password_changes_only_with_the_present_one_and_only_to_a_good_one(
    work: Workplace,
) -> None:
    nora, sign_ins = await work.caller("nora"), work.parts.sign_ins
    with refused(ProblemWord.WRONG_CREDENTIALS):
        await sign_ins.change_password(nora, "not the present one", NEW, ADDRESS)
    for weak in ("short", "x" * 20, "password1234", "nora@help.example", "y" * 1_001):
        with refused(ProblemWord.INVALID) as caught:
            await sign_ins.change_password(nora, PASSWORD, weak, ADDRESS)
        assert caught.problem.errors[0].where == "new_password"


async def test_expired_tokens_are_swept_up(work: Workplace) -> None:
    work.clock.advance(seconds=REFRESH_LIFE.total_seconds())
    await work.parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    async with work.parts.database.read() as connection:
        count = (await connection.execute(select(func.count()).select_from(tokens))).scalar_one()
    assert count == 2


async def test_ten_wrong_passwords_lock_this_person_out_in_this_network(
    work: Workplace,
) -> None:
    sign_ins = work.parts.sign_ins
    for host in range(10):
        with refused(ProblemWord.WRONG_CREDENTIALS):
            await sign_ins.sign_in(NORA, "wrong", f"203.0.113.{host}")
    work.clock.advance(seconds=30.5)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS) as caught:
        await sign_ins.sign_in(NORA, PASSWORD, "203.0.113.77")
    wait_s = caught.problem.retry_after_s
    assert wait_s == 15 * 60 - 30
    assert "Wait 15 min" in caught.problem.detail
    assert (await sign_ins.sign_in(NORA, PASSWORD, "198.51.100.1")).access_token
    assert (await sign_ins.sign_in(email_of("nils"), PASSWORD, "203.0.113.77")).access_token
    work.clock.advance(seconds=wait_s)
    assert (await sign_ins.sign_in(NORA, PASSWORD, "203.0.113.77")).access_token


async def test_wrong_passwords_are_counted_across_nodes_and_restarts(
    work: Workplace, other_node: Parts
) -> None:
    for node in [work.parts, other_node] * 5:
        with refused(ProblemWord.WRONG_CREDENTIALS):
            await node.sign_ins.sign_in(NORA, "wrong", ADDRESS)
    for node in (work.parts, other_node):
        with refused(ProblemWord.TOO_MANY_ATTEMPTS):
            await node.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)


async def test_many_wrong_passwords_at_once_get_past_no_limit(parts: Parts) -> None:
    answers = await asyncio.gather(
        *(parts.sign_ins.sign_in(NORA, "wrong", ADDRESS) for _ in range(15)),
        return_exceptions=True,
    )
    words = [getattr(answer, "word", None) for answer in answers]
    assert words.count(ProblemWord.WRONG_CREDENTIALS) == 10
    assert words.count(ProblemWord.TOO_MANY_ATTEMPTS) == 5


ELSEWHERE = "198.51.100.1"
STRANGERS = "203.0.113.5"


async def besiege(parts: Parts, *, times: int = 1) -> None:
    """Let strangers fail so often that Nora's bucket and everybody's are full."""
    for bucket in sign_in_buckets(NORA, STRANGERS):
        if bucket.when_full is WhenFull.SLOW:
            await fill(parts, bucket, bucket.limit * times)


async def fail(parts: Parts, address: str, times: int, device: str = "") -> None:
    for _ in range(times):
        with refused(ProblemWord.WRONG_CREDENTIALS):
            await parts.sign_ins.sign_in(NORA, "wrong", address, device)


async def test_strangers_who_fail_lock_nobody_out(parts: Parts) -> None:
    await besiege(parts, times=10)
    assert (await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)).access_token
    assert (await parts.sign_ins.sign_in(email_of("nils"), PASSWORD, "2001:db8::1")).access_token


async def test_under_siege_an_unknown_network_has_few_tries(parts: Parts) -> None:
    await besiege(parts)
    await fail(parts, ELSEWHERE, 3)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)


async def test_under_siege_a_network_where_one_signed_in_well_has_all_its_tries(
    work: Workplace,
) -> None:
    parts = work.parts
    await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)
    await besiege(parts, times=10)
    await fail(parts, ELSEWHERE, 9)
    assert (await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)).access_token
    # Another address of the same provider has not signed in.
    await fail(parts, "198.51.101.1", 1)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, "198.51.101.1")


async def test_neighbours_who_fail_do_not_lock_out_an_address_that_signed_in_well(
    parts: Parts,
) -> None:
    await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)
    neighbour = "198.51.100.200"
    await fail(parts, neighbour, 10)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, neighbour)
    assert (await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)).access_token


@pytest.mark.parametrize("typed", ["nora@STRASSE.example", "nora@straße.example"])
async def test_who_is_spared_does_not_depend_on_the_spelling(parts: Parts, typed: str) -> None:
    email = typed.lower()
    async with parts.database.write() as connection:
        await connection.execute(
            update(technicians)
            .where(technicians.c.email_folded == NORA)
            .values({technicians.c.email: email, technicians.c.email_folded: fold_address(email)})
        )
    pair = await parts.sign_ins.sign_in(email, PASSWORD, ELSEWHERE)
    for bucket in sign_in_buckets(email, STRANGERS):
        await fill(parts, bucket, bucket.limit * 10)
    assert (await parts.sign_ins.sign_in(typed, PASSWORD, ELSEWHERE)).access_token
    device = pair.device or ""
    assert (await parts.sign_ins.sign_in(f" <{typed}>;", PASSWORD, STRANGERS, device)).access_token


async def test_a_network_is_spared_for_a_month_after_the_last_renewal(work: Workplace) -> None:
    parts = work.parts
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    work.clock.advance(days=20)
    await parts.sign_ins.refresh(pair.refresh_token, ELSEWHERE)
    work.clock.advance(seconds=GOOD_NETWORK_LIFE.total_seconds() - 1)
    await besiege(parts)
    await fail(parts, ELSEWHERE, 4)
    work.clock.advance(seconds=1)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)


async def test_a_known_device_is_kept_out_by_nobody_in_its_own_network(work: Workplace) -> None:
    parts = work.parts
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)
    await parts.sign_ins.sign_out(pair.refresh_token)
    assert pair.device
    await besiege(parts, times=10)
    await fail(parts, STRANGERS, 1)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, STRANGERS)
    assert (await parts.sign_ins.sign_in(NORA, PASSWORD, STRANGERS, pair.device)).access_token
    # It has a limit of its own, counts for nobody else, and says nothing about other accounts.
    await fail(parts, STRANGERS, 10, pair.device)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, STRANGERS, pair.device)
    await fail_as(parts, email_of("nils"), pair.device)


async def fail_as(parts: Parts, email: str, device: str) -> None:
    """Fail as somebody else with a device of Nora's, which helps as little as none."""
    with refused(ProblemWord.WRONG_CREDENTIALS):
        await parts.sign_ins.sign_in(email, "wrong", "192.0.3.1", device)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(email, PASSWORD, "192.0.3.1", device)


async def test_a_device_is_forgotten_in_time_and_with_a_new_password(work: Workplace) -> None:
    parts = work.parts
    old = await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)
    pair = await parts.sign_ins.sign_in(NORA, PASSWORD, ELSEWHERE)
    nora, _ = await parts.sign_ins.caller(pair.access_token)
    await parts.sign_ins.change_password(nora, PASSWORD, NEW, ADDRESS)
    await besiege(parts, times=10)
    await fail(parts, STRANGERS, 1)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, NEW, STRANGERS, old.device or "")
    assert (await parts.sign_ins.sign_in(NORA, NEW, STRANGERS, pair.device or "")).access_token
    work.clock.advance(seconds=DEVICE_LIFE.total_seconds())
    await besiege(parts, times=10)
    await fail(parts, STRANGERS, 1, pair.device or "")
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, NEW, STRANGERS, pair.device or "")


async def test_a_device_opens_nothing(parts: Parts) -> None:
    device = (await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)).device or ""
    assert not await is_good(parts, device)
    with refused(ProblemWord.NOT_SIGNED_IN):
        await parts.sign_ins.refresh(device)
    with refused(ProblemWord.WRONG_CREDENTIALS):
        await parts.sign_ins.sign_in(NORA, "wrong", ADDRESS, device)


async def test_a_spent_token_whose_successor_was_used_ends_the_sign_in_at_once(
    parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    first = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    second = await parts.sign_ins.refresh(first.refresh_token, ADDRESS)
    third = await parts.sign_ins.refresh(second.refresh_token, ADDRESS)
    with caplog.at_level(logging.WARNING), refused(ProblemWord.NOT_SIGNED_IN):
        await parts.sign_ins.refresh(first.refresh_token, STRANGERS)
    assert not await is_good(parts, third.access_token)
    [record] = caplog.records
    assert record.getMessage() == "Refresh token reused, sign-in ended"
    assert (vars(record)["address"], vars(record)["account"]) == (STRANGERS, NORA)


async def test_of_two_who_hold_the_same_token_only_one_can_go_on(
    work: Workplace, caplog: pytest.LogCaptureFixture
) -> None:
    parts = work.parts
    first = await parts.sign_ins.sign_in(NORA, PASSWORD, ADDRESS)
    owner = await parts.sign_ins.refresh(first.refresh_token, ADDRESS)
    thief = await parts.sign_ins.refresh(first.refresh_token, STRANGERS)
    before = await work.event_number()
    renewed = await parts.sign_ins.refresh(thief.refresh_token, STRANGERS)
    with caplog.at_level(logging.WARNING), refused(ProblemWord.NOT_SIGNED_IN):
        await parts.sign_ins.refresh(owner.refresh_token, ADDRESS)
    for pair in (owner, thief, renewed):
        assert not await is_good(parts, pair.access_token)
    assert "Refresh token reused, sign-in ended" in caplog.messages
    assert await work.events_after(before), "open consoles look at their sign-in again"
    # The thief's network is spared no longer.
    await besiege(parts)
    await fail(parts, STRANGERS, 3)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.sign_ins.sign_in(NORA, PASSWORD, STRANGERS)


@pytest.mark.parametrize(
    ("typed", "account"),
    [
        (f" {NORA.upper()} ", NORA.upper()),
        ("nobody@help.example", "nobody@help.example"),
        ("seven violet umbrellas", "(not an e-mail address)"),
        ('"address": "192.0.2.9"', "(not an e-mail address)"),
        ("", "(not an e-mail address)"),
    ],
)
async def test_a_refused_sign_in_is_logged_with_account_and_address(
    parts: Parts, caplog: pytest.LogCaptureFixture, typed: str, account: str
) -> None:
    with caplog.at_level(logging.WARNING), refused(ProblemWord.WRONG_CREDENTIALS):
        await parts.sign_ins.sign_in(typed, "wrong", STRANGERS)
    [record] = caplog.records
    assert record.getMessage() == "Sign-in refused"
    logged = vars(record)
    assert (logged["address"], logged["account"]) == (STRANGERS, account)
    assert logged["why"] == ProblemWord.WRONG_CREDENTIALS


async def test_every_refusal_of_a_password_is_logged_and_nothing_right_is(
    work: Workplace, caplog: pytest.LogCaptureFixture
) -> None:
    nora, sign_ins = await work.caller("nora"), work.parts.sign_ins
    with caplog.at_level(logging.WARNING):
        await sign_ins.sign_in(NORA, PASSWORD, STRANGERS)
        assert not caplog.records
        with refused(ProblemWord.WRONG_CREDENTIALS):
            await sign_ins.change_password(nora, "wrong", NEW, STRANGERS)
        await fail(work.parts, STRANGERS, 9)
        with refused(ProblemWord.TOO_MANY_ATTEMPTS):
            await sign_ins.sign_in(NORA, PASSWORD, STRANGERS)
        with refused(ProblemWord.TOO_MANY_ATTEMPTS):
            await sign_ins.change_password(nora, PASSWORD, NEW, STRANGERS)
    whys = [vars(record)["why"] for record in caplog.records]
    assert whys == [ProblemWord.WRONG_CREDENTIALS] * 10 + [ProblemWord.TOO_MANY_ATTEMPTS] * 2
    assert {vars(record)["address"] for record in caplog.records} == {STRANGERS}
