"""Keeps bytes from going faster than they should."""

import asyncio

BURST_S = 0.05
"""How far ahead of its pace something may be."""


class Throttle:
    """Used within one loop.

    Attributes:
        bytes_per_s: The pace; ``None`` is any.
    """

    def __init__(self) -> None:
        self.bytes_per_s: float | None = None
        self._due_s = 0.0

    async def spend(self, count: int) -> None:
        """Wait until *count* bytes may go."""
        pace = self.bytes_per_s
        if pace is None:
            return
        now_s = asyncio.get_running_loop().time()
        self._due_s = max(self._due_s, now_s) + count / pace
        wait_s = self._due_s - now_s - BURST_S
        if wait_s > 0:
            await asyncio.sleep(wait_s)
