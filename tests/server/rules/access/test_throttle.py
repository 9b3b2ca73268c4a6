"""Counting guesses: what counts as one network, which limits hold, when guesses are forgotten."""

import pytest

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.throttle import (
    WINDOW,
    Bucket,
    address_prefix,
    pin_buckets,
    sign_in_buckets,
)
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("", "unknown"),
        ("not an address", "unknown"),
        ("192.0.2.77\0", "unknown"),
    ],
)
def test_addresses_count_by_network(address: str, network: str) -> None:
    assert address_prefix(address) == network


def test_a_sign_in_counts_for_person_in_network_person_network_and_everybody() -> None:
    buckets = sign_in_buckets("Ada@Example.org", "192.0.2.1")
    assert [bucket.limit for bucket in buckets] == [10, 50, 50, 1_000]
    assert buckets == sign_in_buckets("ada@example.ORG", "192.0.2.200")
    assert "ada" not in repr(buckets).lower(), "no address is kept"
    assert max(len(bucket.name) for bucket in buckets) <= 100


def test_a_pin_counts_for_the_network_and_everybody() -> None:
    assert pin_buckets("192.0.2.1") == [Bucket("pin:192.0.2.0/24", 20), Bucket("pin", 500)]


async def test_the_fullest_bucket_refuses_and_the_others_stay_as_they_were(parts: Parts) -> None:
    narrow, wide = Bucket("narrow", 2), Bucket("wide", 5)
    for _ in range(2):
        await parts.throttle.count_attempt([narrow, wide])
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.throttle.count_attempt([wide, narrow])
    assert await parts.throttle.count(wide) == 2
    for _ in range(3):
        await parts.throttle.count_attempt([wide])
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.throttle.count_attempt([wide])


async def test_an_attempt_that_was_right_no_longer_counts(parts: Parts) -> None:
    one, other = Bucket("one", 1), Bucket("other", 1)
    await parts.throttle.forgive(await parts.throttle.count_attempt([one]))
    await parts.throttle.count_attempt([other])
    assert (await parts.throttle.count(one), await parts.throttle.count(other)) == (0, 1)


async def test_the_window_moves_and_the_seconds_to_wait_are_enough(work: Workplace) -> None:
    throttle, bucket = work.parts.throttle, Bucket("bucket", 2)
    await throttle.count_attempt([bucket])
    work.clock.advance(minutes=5)
    await throttle.count_attempt([bucket])
    work.clock.advance(seconds=0.3)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS) as caught:
        await throttle.count_attempt([bucket])
    wait_s = caught.problem.retry_after_s
    assert wait_s == WINDOW.total_seconds() - 5 * 60
    work.clock.advance(seconds=wait_s - 1)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS) as caught:
        await throttle.count_attempt([bucket])
    assert caught.problem.retry_after_s == 1
    work.clock.advance(seconds=1)
    await throttle.count_attempt([bucket])
    assert await throttle.count(bucket) == 2
