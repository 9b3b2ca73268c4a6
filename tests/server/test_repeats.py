"""Log lines that repeat are counted instead of written."""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from rescue_console.server.repeats import ALIKE_MAX, SAME_MAX, WINDOW_S, CountingHandler


@dataclass
class Log:
    """A log that writes into memory, and its clock."""

    handler: CountingHandler = field(init=False)
    now_s: float = 0.0

    def __post_init__(self) -> None:
        self.handler = CountingHandler(lambda: self.now_s)
        self.handler.setStream(io.StringIO())

    def write(self, said: str, *values: object, **extra: object) -> None:
        """Write one line."""
        record = logging.LogRecord("part", logging.WARNING, "", 1, said, values, None)
        record.__dict__ |= extra
        self.handler.handle(record)

    @property
    def lines(self) -> list[str]:
        """What has been written."""
        return self.handler.stream.getvalue().splitlines()  # type: ignore[no-any-return]


@pytest.fixture
def log() -> Iterator[Log]:
    made = Log()
    yield made
    made.handler.close()


def times(log: Log, count: int, write: Callable[[int], None]) -> list[str]:
    """Write *count* lines; return what is new in the log."""
    before = len(log.lines)
    for number in range(count):
        write(number)
    return log.lines[before:]


def test_equal_lines_are_written_a_few_times_and_then_counted(log: Log) -> None:
    assert len(times(log, 10_000, lambda number: log.write("no", ms=number))) == SAME_MAX
    log.now_s = WINDOW_S
    assert times(log, 1, lambda _: log.write("yes")) == ["repeated lines left out", "yes"]


def test_the_number_is_told_when_nothing_follows(log: Log) -> None:
    told: list[logging.LogRecord] = []
    times(log, SAME_MAX + 7, lambda _: log.write("no %s", 1))
    log.handler.setFormatter(Keeping(told))
    log.handler.close()
    assert [(vars(one)["repeated"], vars(one)["times"]) for one in told] == [("no %s", 7)]


def test_different_lines_are_all_written(log: Log) -> None:
    assert len(times(log, ALIKE_MAX, lambda number: log.write("no %s", number))) == ALIKE_MAX
    assert times(log, 1, lambda _: log.write("another")) == ["another"]


def test_lines_that_differ_only_in_their_values_have_an_end(log: Log) -> None:
    written = times(log, 10 * ALIKE_MAX, lambda number: log.write("no", address=number))
    assert len(written) == ALIKE_MAX


def test_a_new_window_writes_again(log: Log) -> None:
    times(log, 2 * SAME_MAX, lambda _: log.write("no"))
    log.now_s = WINDOW_S
    log.write("no")
    assert log.lines[-1] == "no"


class Keeping(logging.Formatter):
    """Keeps what it formats."""

    def __init__(self, kept: list[logging.LogRecord]) -> None:
        super().__init__()
        self._kept = kept

    def format(self, record: logging.LogRecord) -> str:
        """Keep *record*."""
        self._kept.append(record)
        return super().format(record)
