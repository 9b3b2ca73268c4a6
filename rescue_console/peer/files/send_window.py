"""How far a sender may be ahead of the receiver: by what the receiver writes in half a second.

On a slow link, a larger window would only fill the connection between the two and delay the
technician's mouse, which uses the same connection.
"""

WINDOW_MIN_BYTES = 256 * 1024
WINDOW_FIRST_BYTES = 1 << 20
WINDOW_MAX_BYTES = 4 << 20
"""A receiver refuses parts that are further ahead."""

AHEAD_S = 0.5
SAMPLE_S = 0.25


class SendWindow:
    """Adapts the window to the speed at which the receiver reports to have written.

    Attributes:
        bytes: The present size of the window.
    """

    def __init__(self) -> None:
        self.bytes = WINDOW_FIRST_BYTES
        self._at_s: float | None = None
        self._received = 0

    def received(self, offset: int, now_s: float) -> None:
        """Note that *offset* bytes have been written at *now_s*, the time of a monotonic clock."""
        if self._at_s is None:
            self._at_s, self._received = now_s, offset
            return
        passed = now_s - self._at_s
        if passed < SAMPLE_S:
            return
        wanted = int((offset - self._received) / passed * AHEAD_S)
        self.bytes = min(max(wanted, WINDOW_MIN_BYTES), WINDOW_MAX_BYTES)
        self._at_s, self._received = now_s, offset
