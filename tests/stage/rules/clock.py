"""A clock that stands still until the test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)


class StandingClock:
    """A clock for whatever needs the time; ``advance`` moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **spans: float) -> datetime:
        """Move on by ``timedelta(**spans)``; return the new time."""
        self.now += timedelta(**spans)
        return self.now
