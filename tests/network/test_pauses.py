from itertools import islice

from rescue_console.network.pauses import growing_pauses


def test_pauses_double_up_to_the_longest() -> None:
    assert list(islice(growing_pauses(lambda: 1.0), 7)) == [1, 2, 4, 8, 16, 30, 30]


def test_chance_shortens_a_pause_by_half_at_most() -> None:
    assert list(islice(growing_pauses(lambda: 0.0), 3)) == [0.5, 1, 2]
