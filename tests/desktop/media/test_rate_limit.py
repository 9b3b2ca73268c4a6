"""Bytes go no faster than the rate limit allows."""

import pytest

from rescue_console.desktop.media.rate_limit import BURST_S, RateLimit


@pytest.fixture
def limit() -> RateLimit:
    made = RateLimit()
    made.bytes_per_s = 1_000_000
    return made


def test_bytes_wait_for_those_before_them(limit: RateLimit) -> None:
    waits = [limit.wait_s(100_000, now_s=7.0) for _ in range(3)]
    assert waits == pytest.approx([0.1 - BURST_S, 0.2 - BURST_S, 0.3 - BURST_S])


def test_idle_time_is_not_saved_up(limit: RateLimit) -> None:
    limit.wait_s(100_000, now_s=1.0)
    assert limit.wait_s(100_000, now_s=60.0) == pytest.approx(0.1 - BURST_S)


def test_without_a_limit_nothing_waits(limit: RateLimit) -> None:
    limit.bytes_per_s = None
    assert limit.wait_s(10**15, now_s=1.0) == 0.0
