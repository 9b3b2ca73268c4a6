"""Reads an answer's body up to a size and a moment, whatever the other side sends."""

import time
from collections.abc import Callable

from rescue_console.network.errors import Misunderstood, Unreachable, Why

_PART = 65_536


def read_answer(
    read_some: Callable[[int], bytes],
    most: int,
    within_s: float,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """Return all that *read_some* gives.

    Args:
        read_some: Returns what has come, at most so many bytes; nothing at the end. It has a time
            limit of its own, for silence.
        most: The largest body, in bytes.
        within_s: How long all of it may take: a body that trickles in is never silent.
        clock: Seconds that only go forward.

    Raises:
        Misunderstood: it is larger.
        Unreachable: it takes longer.
    """
    end_s = clock() + within_s
    parts: list[bytes] = []
    left = most
    while part := read_some(min(_PART, left + 1)):
        left -= len(part)
        if left < 0:
            raise Misunderstood(f"an answer of more than {most} bytes")
        if clock() > end_s:
            raise Unreachable(Why.TIMED_OUT, f"an answer was not whole after {within_s:.0f} s")
        parts.append(part)
    return b"".join(parts)
