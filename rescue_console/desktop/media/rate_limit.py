"""Keeps bytes from going faster than they should."""

import asyncio

BURST_S = 0.05
"""How many seconds ahead of the limit bytes may go."""


class RateLimit:
    """Used within one loop.

    Attributes:
        bytes_per_s: The limit; ``None`` for none.
    """

    def __init__(self) -> None:
        self.bytes_per_s: float | None = None
        self._due_s = 0.0

    async def spend(self, count: int) -> None:
        """Wait until *count* bytes may go."""
        wait_s = self.wait_s(count, asyncio.get_running_loop().time())
        if wait_s > 0:
            await asyncio.sleep(wait_s)

    def wait_s(self, count: int, now_s: float) -> float:
        """Take note that *count* bytes go, and return the seconds that they must wait before."""
        if self.bytes_per_s is None:
            return 0.0
        self._due_s = max(self._due_s, now_s) + count / self.bytes_per_s
        return max(self._due_s - now_s - BURST_S, 0.0)
