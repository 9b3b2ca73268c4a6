"""Holds back bytes that would go faster than they should."""

import asyncio

BURST_S = 0.05
"""How many seconds' worth of bytes may go ahead of the limit."""


class RateLimit:
    """Delays bytes so that they keep to a limit; must be used within one loop.

    Attributes:
        bytes_per_s: The limit; ``None`` means no limit.
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
        """Count *count* bytes, and return how many seconds they must wait before they go."""
        if self.bytes_per_s is None:
            return 0.0
        self._due_s = max(self._due_s, now_s) + count / self.bytes_per_s
        return max(self._due_s - now_s - BURST_S, 0.0)
