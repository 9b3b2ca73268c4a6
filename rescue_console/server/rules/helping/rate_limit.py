"""Holds back a customer's side that sends more messages than helping needs.

Each message is a transaction and a row. Without a limit, a single customer could fill the disk and
keep everybody else's changes waiting.
"""

EACH_S = 0.05
"""Seconds that one message stands for in the long run."""

CHARACTERS_EACH = 4_000
"""Characters that one message stands for; a longer one counts as several."""

BURST = 100
"""Messages accepted at once, as when a connection begins or a page comes back."""

_REMEMBERED = 10_000


class RateLimit:
    """Counts the messages of each session's customer on this node, across all their pages."""

    def __init__(self) -> None:
        self._paid_until_s: dict[str, float] = {}

    def wait_s(self, session_id: str, now_s: float, characters: int = 0) -> float:
        """Count one message of that length; return the seconds to wait before reading the next.

        Source: the generic cell rate algorithm, ITU-T I.371.
        """
        if len(self._paid_until_s) > _REMEMBERED:
            self._forget(now_s)
        counts_s = max(-(-characters // CHARACTERS_EACH), 1) * EACH_S
        paid_until_s = max(self._paid_until_s.get(session_id, now_s), now_s) + counts_s
        self._paid_until_s[session_id] = paid_until_s
        return max(paid_until_s - now_s - BURST * EACH_S, 0.0)

    def _forget(self, now_s: float) -> None:
        self._paid_until_s = {
            session_id: paid_until_s
            for session_id, paid_until_s in self._paid_until_s.items()
            if paid_until_s > now_s
        }
