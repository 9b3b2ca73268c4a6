"""How long to wait before each new attempt, so that consoles do not come back all at once."""

from collections.abc import Callable, Iterator

FIRST_S = 1.0
LONGEST_S = 30.0


def growing_pauses(
    random: Callable[[], float], first_s: float = FIRST_S, longest_s: float = LONGEST_S
) -> Iterator[float]:
    """Yield pauses in seconds, without end; their upper bound doubles until it is *longest_s*.

    Args:
        random: Returns a number from 0 to 1; each pause is between half and all of its bound.
        first_s: The upper bound of the first pause.
        longest_s: The highest upper bound.
    """
    bound_s = first_s
    while True:
        yield bound_s * (0.5 + 0.5 * random())
        bound_s = min(bound_s * 2, longest_s)
