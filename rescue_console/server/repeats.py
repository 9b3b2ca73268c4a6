"""Counts repeated log lines instead of writing them, so that nobody can fill the disk with them."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

WINDOW_S: Final = 10.0
SAME_MAX: Final = 50
"""How many equal lines are written within WINDOW_S."""

ALIKE_MAX: Final = 1_000
"""How many lines are written within WINDOW_S that differ only in their values."""

_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "ms"}
"""What does not make two lines different: place, moment, and how long it took."""


class CountingHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes log lines to standard error; what repeats too often is told once, with its number."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count.

        Args:
            clock: Seconds of any beginning that only go forward.
        """
        super().__init__()
        self._clock = clock
        self._since_s = clock()
        self._written: Counter[tuple[object, ...]] = Counter()
        self._left_out: Counter[tuple[str, int, str]] = Counter()
        self._timer: threading.Timer | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write *record*, or count it."""
        if self._clock() - self._since_s >= WINDOW_S:
            self.tell()
        alike = (record.name, record.levelno, str(record.msg))
        same = (*alike, _values(record))
        if self._written[alike] >= ALIKE_MAX or self._written[same] >= SAME_MAX:
            self._left_out[alike] += 1
            self._tell_in_time()
            return
        self._written[alike] += 1
        self._written[same] += 1
        super().emit(record)

    def tell(self) -> None:
        """Say how many lines were left out, and begin to count anew."""
        with self.lock or threading.RLock():
            left_out, self._left_out = self._left_out, Counter()
            self._written.clear()
            self._since_s = self._clock()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            for (name, level, said), count in left_out.items():
                told = logging.LogRecord(name, level, "", 0, said, (), None)
                told.msg = "repeated lines left out"
                told.__dict__ |= {"repeated": said, "times": count}
                super().emit(told)

    def close(self) -> None:
        """Say what has not been said yet."""
        self.tell()
        super().close()

    def _tell_in_time(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(WINDOW_S, self.tell)
            self._timer.daemon = True
            self._timer.start()


def _values(record: logging.LogRecord) -> str:
    extras = {key: value for key, value in vars(record).items() if key not in _OF_EVERY_RECORD}
    kind = record.exc_info[0] if record.exc_info else None
    return f"{record.args!r} {extras!r} {kind!r}"
