"""Turns measured numbers into text that people read."""

import math
from collections.abc import Sequence

_SPACE = "\u00a0"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that *percent* of *values* do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def milliseconds(seconds: float) -> str:
    """Return a duration in milliseconds, with one decimal if it is short."""
    value = seconds * 1000
    return f"{value:.1f}{_SPACE}ms" if value < 10 else f"{value:.0f}{_SPACE}ms"


def spread(seconds: Sequence[float]) -> str:
    """Return the median and the 99th percentile of durations."""
    p50, p99 = percentile(seconds, 50), percentile(seconds, 99)
    return f"p50 {milliseconds(p50)}, p99 {milliseconds(p99)}"
