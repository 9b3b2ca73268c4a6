"""The server's clock, passed to all code that needs the time, so that tests can pass another.

The machine's clock may jump: somebody sets it, or a time server corrects it. The server's own time
does not: it goes on evenly, by a counter that nobody can set, until ``clockwork/clock_watch.py``
moves it to the machine's time, together with everything in the database that it decides about.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the present time, timezone-aware, in UTC."""

AHEAD = timedelta(minutes=1)
"""By how much a time in the database may be ahead, since the clocks of nodes differ a little. One
that is further ahead was written when the machine's clock was wrong."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def system_clock() -> datetime:
    """Return the machine's present time in UTC."""
    return datetime.now(UTC)


def since_boot() -> timedelta:
    """Return how long the machine has been on, with the time that it has slept.

    What has passed while a machine slept has really passed, so it is no jump.
    """
    if sys.platform == "linux":
        return timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))
    if sys.platform == "darwin":
        # Here, this one goes on during sleep, and Python's own monotonic clock does not.
        return timedelta(seconds=time.clock_gettime(time.CLOCK_MONOTONIC))
    return timedelta(seconds=time.monotonic())


class SteadyClock:
    """The server's own time: it goes on evenly, whatever happens to the machine's clock.

    Args:
        machine: The machine's time.
        counter: What has passed since some moment, and goes on while the machine sleeps.

    Attributes:
        offset: The server's time when the counter was zero, since 1970.
    """

    def __init__(
        self,
        machine: Clock = system_clock,
        counter: Callable[[], timedelta] = since_boot,
    ) -> None:
        self._machine = machine
        self.counter = counter
        self.offset = self._machine_offset()

    def __call__(self) -> datetime:
        """Return the server's present time in UTC."""
        return _EPOCH + self.offset + self.counter()

    def _machine_offset(self) -> timedelta:
        return self._machine() - _EPOCH - self.counter()

    def apart(self) -> timedelta:
        """Return how far the machine's time is ahead of the server's; negative when behind."""
        return self._machine_offset() - self.offset

    def move(self, by: timedelta) -> None:
        """Move the server's time."""
        self.offset += by
