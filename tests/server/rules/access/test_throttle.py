"""Counting guesses: what counts as one network, which limits hold, when guesses are forgotten."""

import hashlib
import ipaddress

import pytest

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.throttle import (
    PIN_TOTAL,
    SIEGE,
    WINDOW,
    Bucket,
    WhenFull,
    address_prefix,
    pin_buckets,
    sign_in_buckets,
    spare,
)
from tests.stage.rules.attempts import fill
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

PERSON = f"{hashlib.sha256(b'ada@example.org').hexdigest()[:32]}:"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("64:ff9b::192.0.2.77", "192.0.2.0/24"),
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
    assert [bucket.when_full for bucket in buckets] == [
        WhenFull.REFUSE,
        WhenFull.SLOW,
        WhenFull.REFUSE,
        WhenFull.SLOW,
    ]
    assert buckets == sign_in_buckets("ada@example.ORG", "192.0.2.200")
    assert "ada" not in repr(buckets).lower(), "no address is kept"
    assert max(len(bucket.name) for bucket in buckets) <= 100


def test_a_pin_counts_for_the_network_and_everybody() -> None:
    network, everybody = pin_buckets("192.0.2.1")
    assert network[:2] == ("pin:192.0.2.0/24", 20)
    assert everybody == Bucket("pin", 500, when_full=WhenFull.SLOW)


def test_ipv6_counts_for_each_network_that_somebody_may_own() -> None:
    names = [bucket.name for bucket in pin_buckets("2001:db8:1:2ff::1")]
    assert names == [
        "pin:2001:db8:1:2ff::/64",
        "pin:2001:db8:1:200::/56",
        "pin:2001:db8:1::/48",
        "pin:2001:db8::/32",
        "pin",
    ]
    for buckets in (pin_buckets("2001:db8::1"), sign_in_buckets("a@b.example", "2001:db8::1")):
        assert max(len(bucket.name) for bucket in buckets) <= 100


def addresses_in(prefix_length: int, count: int) -> list[str]:
    """Return *count* addresses, each in another network of *prefix_length* within a larger one."""
    step = 1 << (128 - prefix_length)
    first = int(ipaddress.IPv6Address("2001:db8::1"))
    return [str(ipaddress.IPv6Address(first + step * number)) for number in range(count)]


@pytest.mark.parametrize(("size", "limit"), [(128, 15), (64, 20), (56, 60), (48, 200)])
async def test_guessing_from_many_addresses_of_one_network_ends(
    parts: Parts, size: int, limit: int
) -> None:
    addresses = addresses_in(size, limit + 1)
    if size == 128:
        addresses = ["2001:db8::1"] * (limit + 1)
    for address in addresses[:limit]:
        await parts.throttle.count_attempt(pin_buckets(address))
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.throttle.count_attempt(pin_buckets(addresses[limit]))
    await parts.throttle.count_attempt(pin_buckets("2001:db9::1"))


async def test_a_full_shared_bucket_refuses_nobody_at_first_and_slows_everybody(
    parts: Parts,
) -> None:
    await fill(parts, PIN_TOTAL, PIN_TOTAL.limit)
    for address in ("192.0.2.1", "2001:db8::1"):
        for _ in range(4):
            await parts.throttle.count_attempt(pin_buckets(address))
        with refused(ProblemWord.TOO_MANY_ATTEMPTS):
            await parts.throttle.count_attempt(pin_buckets(address))
    await fill(parts, PIN_TOTAL, PIN_TOTAL.limit * SIEGE)
    await parts.throttle.count_attempt(pin_buckets("198.51.100.1"))
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.throttle.count_attempt(pin_buckets("198.51.100.1"))


async def test_a_spared_network_is_slowed_down_by_nobody_but_has_its_own_limit(
    parts: Parts,
) -> None:
    buckets = spare(pin_buckets("2001:db8::1"), "2001:db8::1")
    for full in pin_buckets("2001:db8::1")[1:]:
        await fill(parts, full, full.limit * SIEGE)
    for _ in range(15):
        await parts.throttle.count_attempt(buckets)
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await parts.throttle.count_attempt(buckets)
    assert await parts.throttle.count(PIN_TOTAL) == PIN_TOTAL.limit * SIEGE + 15


@pytest.mark.parametrize(
    ("address", "own", "around"),
    [
        ("192.0.2.7", "192.0.2.7", ["192.0.2.0/24"]),
        ("::ffff:192.0.2.7", "192.0.2.7", ["192.0.2.0/24"]),
        (
            "2001:db8:1:2ff::1",
            "2001:db8:1:2ff::/64",
            ["2001:db8:1:200::/56", "2001:db8:1::/48", "2001:db8::/32"],
        ),
    ],
)
def test_of_a_spared_network_only_its_own_failures_refuse(
    address: str, own: str, around: list[str]
) -> None:
    buckets = spare(sign_in_buckets("ada@example.org", address), address)
    refusing = [bucket.name for bucket in buckets if bucket.when_full is WhenFull.REFUSE]
    assert [name.partition(":")[2].removeprefix(PERSON) for name in refusing] == [own, own]
    counting = {bucket.name for bucket in buckets if bucket.when_full is WhenFull.NOTHING}
    networks = {f"sign-in:{who}{network}" for network in around for who in ("", PERSON)}
    assert counting == networks | {"sign-in", f"sign-in:{PERSON}".removesuffix(":")}
    assert len({bucket.name for bucket in buckets}) == len(buckets)


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
