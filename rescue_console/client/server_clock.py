"""The server's time, on a computer whose own clock may be wrong."""

import time
from collections.abc import Callable
from datetime import datetime


class ServerClock:
    """Tells the server's time from this computer's clock and the last known difference."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._ahead_s = 0.0

    def set(self, server_time: datetime) -> None:
        """Set the difference from *server_time*, which the server's clock shows at this moment."""
        self._ahead_s = server_time.timestamp() - self._wall()

    def now(self) -> float:
        """Return the server's time in seconds since the epoch."""
        return self._wall() + self._ahead_s
