"""How fast a transfer goes, smoothed so that the figure can be read."""

SAMPLE_S = 0.5
"""Seconds between two measurements, at least."""

WEIGHT = 0.3
"""How much the newest measurement counts, 0 to 1."""


class Speed:
    """Bytes a second; zero until it is known."""

    def __init__(self) -> None:
        self.bytes_per_s = 0.0
        self._at_s: float | None = None
        self._done = 0

    def look(self, done: int, now_s: float) -> None:
        """Measure: *done* bytes are there at *now_s* of a monotonic clock."""
        if self._at_s is None or done < self._done:
            self._at_s, self._done = now_s, done
            return
        passed = now_s - self._at_s
        if passed < SAMPLE_S:
            return
        speed = (done - self._done) / passed
        known = self.bytes_per_s
        self.bytes_per_s = known + WEIGHT * (speed - known) if known else speed
        self._at_s, self._done = now_s, done

    def rest(self) -> None:
        """Forget the speed, because the transfer does not go on at the moment."""
        self.bytes_per_s, self._at_s = 0.0, None
