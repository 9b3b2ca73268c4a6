"""What the customer allows at this moment: the applet's own record, asked before every deed.

A power counts only when the server says that this customer has granted it and the customer has not
taken it back here. What was taken back stays so, whatever an old message says, until the server has
shown that it knows.
"""

import threading
from collections.abc import Callable, Iterable, Mapping

from rescue_console.protocol.powers import Consent, Power


class Grants:
    """The record; it may be used from any thread.

    Args:
        ended: Called in the thread that ends a power, after it has ended and before the call that
            ended it returns.
        taken_back: What does not count from the beginning.
    """

    def __init__(
        self, ended: Callable[[Power], None], taken_back: Iterable[Power] = frozenset()
    ) -> None:
        self._ended = ended
        self._lock = threading.Lock()
        self._told: dict[Power, Consent] = {}
        self._taken_back = set(taken_back)

    def told(self, consents: Mapping[Power, Consent]) -> None:
        """Take what the server says of each power's consent."""
        with self._lock:
            before = self._granted()
            self._told = dict(consents)
            self._taken_back = {
                power for power in self._taken_back if self._told.get(power) is Consent.GRANTED
            }
            gone = before - self._granted()
        self._end(gone)

    def has(self, power: Power) -> bool:
        """Tell whether *power* is granted."""
        with self._lock:
            return power in self._granted()

    def has_any(self, powers: Iterable[Power]) -> bool:
        """Tell whether one of *powers* is granted."""
        with self._lock:
            return not self._granted().isdisjoint(powers)

    def granted(self) -> list[Power]:
        """Return what is granted, in the order of ``Power``."""
        with self._lock:
            granted = self._granted()
        return [power for power in Power if power in granted]

    def asked(self) -> list[Power]:
        """Return what the technician asks for and nobody has answered."""
        with self._lock:
            return [power for power in Power if self._told.get(power) is Consent.ASKED]

    def unknown_to_server(self) -> list[Power]:
        """Return what was taken back and what the server still takes for granted."""
        with self._lock:
            return [
                power
                for power in Power
                if power in self._taken_back and self._told.get(power) is Consent.GRANTED
            ]

    def take_back(self, powers: Iterable[Power]) -> None:
        """End *powers* at once, before anybody is told; questions count as answered with no."""
        with self._lock:
            before = self._granted()
            for power in powers:
                if self._told.get(power) is Consent.ASKED:
                    self._told[power] = Consent.DENIED
                self._taken_back.add(power)
            gone = before - self._granted()
        self._end(gone)

    def _granted(self) -> set[Power]:
        return {
            power
            for power, consent in self._told.items()
            if consent is Consent.GRANTED and power not in self._taken_back
        }

    def _end(self, powers: Iterable[Power]) -> None:
        for power in powers:
            self._ended(power)
