"""Holds back a customer's side that says more than helping needs.

Each thing said is a transaction and a row; without this one customer could fill the disk and keep
everybody else's changes waiting.
"""

EACH_S = 0.05
"""Seconds that one message stands for in the long run."""

BURST = 100
"""Messages taken at once: those of a connection that begins, or of a page that comes back."""

_REMEMBERED = 10_000


class RateLimit:
    """Counts what each session's customer says on this node, over all their pages."""

    def __init__(self) -> None:
        self._paid_until_s: dict[str, float] = {}

    def wait_s(self, session_id: str, now_s: float) -> float:
        """Count one message; return for how many seconds to read no other one.

        Source: the generic cell rate algorithm, ITU-T I.371.
        """
        if len(self._paid_until_s) > _REMEMBERED:
            self._forget(now_s)
        paid_until_s = max(self._paid_until_s.get(session_id, now_s), now_s) + EACH_S
        self._paid_until_s[session_id] = paid_until_s
        return max(paid_until_s - now_s - BURST * EACH_S, 0.0)

    def _forget(self, now_s: float) -> None:
        self._paid_until_s = {
            session_id: paid_until_s
            for session_id, paid_until_s in self._paid_until_s.items()
            if paid_until_s > now_s
        }
