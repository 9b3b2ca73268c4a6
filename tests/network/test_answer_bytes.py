"""Answers are read up to a size and a moment."""

import pytest

from rescue_console.network.answer_bytes import read_answer
from rescue_console.network.errors import Misunderstood, Unreachable, Why


class Trickle:
    """Gives so many bytes, one at a time and one each second."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.now_s = 0.0

    def read_some(self, size: int) -> bytes:
        """Give the next one."""
        if not self.left:
            return b""
        self.left -= 1
        self.now_s += 1
        return b"x"


def read(trickle: Trickle, *, most: int = 10, within_s: float = 100) -> bytes:
    return read_answer(trickle.read_some, most, within_s, lambda: trickle.now_s)


def test_a_whole_answer_is_read() -> None:
    assert read(Trickle(10)) == b"x" * 10
    assert read(Trickle(0)) == b""


def test_an_answer_without_end_is_not_read_on() -> None:
    endless = Trickle(1_000_000)
    with pytest.raises(Misunderstood):
        read(endless)
    assert endless.left == 1_000_000 - 11


def test_an_answer_that_trickles_in_has_a_deadline() -> None:
    slow = Trickle(1_000)
    with pytest.raises(Unreachable) as caught:
        read(slow, most=1_000)
    assert caught.value.why is Why.TIMED_OUT
    assert slow.now_s == 101
