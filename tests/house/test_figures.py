"""The figures that benchmarks print are calculated correctly."""

from benchmarks.figures import milliseconds, percentile, spread


def test_a_percentile_is_one_of_the_measured_values() -> None:
    values = [float(value) for value in range(1, 101)]

    assert percentile(values, 50) == 50
    assert percentile(values, 99) == 99
    assert percentile(values, 100) == 100


def test_a_percentile_of_few_values_does_not_hide_the_slowest() -> None:
    assert percentile([3.0, 1.0, 2.0], 99) == 3.0
    assert percentile([5.0], 50) == 5.0


def test_short_durations_keep_a_decimal() -> None:
    assert milliseconds(0.00123) == "1.2\u00a0ms"
    assert milliseconds(0.25) == "250\u00a0ms"


def test_the_spread_shows_median_and_99th_percentile() -> None:
    assert spread([0.01, 0.02, 0.03]) == "p50 20\u00a0ms, p99 30\u00a0ms"
