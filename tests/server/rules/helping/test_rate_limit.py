"""How many messages a customer's side may send."""

import pytest

from rescue_console.server.rules.helping.rate_limit import (
    BURST,
    CHARACTERS_EACH,
    EACH_S,
    RateLimit,
)


def test_what_helping_needs_is_not_held_back() -> None:
    limit = RateLimit()
    for number in range(BURST):
        assert limit.wait_s("a", 0.0) == 0.0, number
    for number in range(1, 1_000):
        assert limit.wait_s("a", number * EACH_S) == pytest.approx(0.0, abs=1e-6)


def test_a_flood_is_slowed_to_its_share_and_only_that_session() -> None:
    limit = RateLimit()
    now_s = 0.0
    for _ in range(BURST + 1_000):
        now_s += limit.wait_s("a", now_s)
    assert now_s == pytest.approx(1_000 * EACH_S)
    assert limit.wait_s("b", now_s) == 0.0


def test_after_a_pause_a_burst_is_allowed_again() -> None:
    limit = RateLimit()
    for _ in range(BURST):
        limit.wait_s("a", 0.0)
    assert limit.wait_s("a", 0.0) > 0.0
    assert limit.wait_s("a", BURST * EACH_S * 2) == 0.0


def test_sessions_that_have_fallen_silent_are_forgotten() -> None:
    limit = RateLimit()
    for number in range(20_002):
        limit.wait_s(str(number), number * 1.0)
    assert len(limit._paid_until_s) <= 10_001


def test_long_messages_count_as_several() -> None:
    limit = RateLimit()
    now_s = 0.0
    for _ in range(100):
        now_s += limit.wait_s("a", now_s, 10 * CHARACTERS_EACH)
    assert now_s == pytest.approx((100 * 10 - BURST) * EACH_S)
    assert limit.wait_s("b", 0.0, 1) == limit.wait_s("c", 0.0, CHARACTERS_EACH) == 0.0
