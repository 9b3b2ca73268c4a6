"""How far a sender may be ahead of the receiver: half a second's worth.

On a slow link a larger window would only fill the way between the two, and the technician's mouse,
which takes the same way, would come late by as much.
"""

WINDOW_MIN_BYTES = 256 * 1024
WINDOW_FIRST_BYTES = 1 << 20
WINDOW_MAX_BYTES = 4 << 20
"""A receiver refuses what is further ahead."""

AHEAD_S = 0.5
SAMPLE_S = 0.25


class SendWindow:
    """Follows the speed at which the receiver says that it has written."""

    def __init__(self) -> None:
        self.bytes = WINDOW_FIRST_BYTES
        self._at_s: float | None = None
        self._received = 0

    def received(self, offset: int, now_s: float) -> None:
        """Take note that *offset* bytes are there at *now_s*, of a clock that only goes forward."""
        if self._at_s is None:
            self._at_s, self._received = now_s, offset
            return
        passed = now_s - self._at_s
        if passed < SAMPLE_S:
            return
        wanted = int((offset - self._received) / passed * AHEAD_S)
        self.bytes = min(max(wanted, WINDOW_MIN_BYTES), WINDOW_MAX_BYTES)
        self._at_s, self._received = now_s, offset
