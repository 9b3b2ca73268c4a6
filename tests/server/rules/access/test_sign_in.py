"""Signing in, staying signed in, and when that ends."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.parts import Parts
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.access.sign_in import (
    ACCESS_LIFE,
    REFRESH_GRACE,
    REFRESH_LIFE,
    token_hash,
)
from rescue_console.server.storage.tables import technicians, tokens
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
