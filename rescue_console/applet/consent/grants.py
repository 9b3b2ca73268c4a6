"""What the customer allows at this moment: the applet's own record, asked before every deed.

A power counts only when its user has allowed it here, in the applet's window, and the server knows
of it and nobody has taken it back. What a server says without that is a question, so that whoever
runs the server cannot help themselves. What was taken back stays so, whatever an old message says,
until the server has shown that it knows. Only the picture is allowed on the page, which gives it.
"""

import threading
from collections.abc import Callable, Iterable, Mapping

from rescue_console.protocol.powers import Consent, Power


class Grants:
    """The record; it may be used from any thread.

    Args:
        ended: Called in the thread that ends a power, after it has ended and before the call that
            ended it returns.
        returned_with: What its user had allowed before a restart of the device: nothing else that
            the server still takes for granted counts. None when there was none.
    """

    def __init__(
        self, ended: Callable[[Power], None], returned_with: Iterable[Power] | None = None
    ) -> None:
        self._ended = ended
        self._lock = threading.Lock()
        self._told: dict[Power, Consent] = {}
        self._allowed = set(returned_with or ())
        self._taken_back = set() if returned_with is None else set(Power) - self._allowed

    def told(self, consents: Mapping[Power, Consent]) -> None:
        """Take what the server says of each power's consent."""
        with self._lock:
            before = self._granted()
            self._allowed = {power for power in self._allowed if self._goes_on(power, consents)}
            refused = [power for power in self._taken_back if self._is_refused(power, consents)]
            self._told = {**consents, **dict.fromkeys(refused, Consent.DENIED)}
            self._taken_back = {
                power
                for power in self._taken_back
                if power in refused or self._told.get(power) is Consent.GRANTED
            }
            gone = before - self._granted()
        self._end(gone)

    def allow(self, power: Power) -> None:
        """Note that the user has allowed *power*."""
        with self._lock:
            self._allowed.add(power)

    def ask_again(self) -> None:
        """Forget what the user has allowed: it was allowed to somebody else."""
        with self._lock:
            before = self._granted()
            self._allowed.clear()
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
        """Return what is asked for, or said to be granted, and the user has not answered."""
        with self._lock:
            return [power for power in Power if self._is_open(power)]

    def unknown_to_server(self) -> list[Power]:
        """Return what was taken back and what the server still takes for granted."""
        with self._lock:
            return [
                power
                for power in Power
                if power in self._taken_back and self._told.get(power) is Consent.GRANTED
            ]

    def unheard(self) -> dict[Power, bool]:
        """Return the answers that the server does not know of yet: whether each is a grant."""
        with self._lock:
            return {
                power: power not in self._taken_back
                for power, consent in self._told.items()
                if power in self._taken_back
                or (consent is Consent.ASKED and power in self._allowed)
            }

    def take_back(self, powers: Iterable[Power]) -> None:
        """End *powers* at once, before anybody is told; questions count as answered with no."""
        with self._lock:
            before = self._granted()
            for power in powers:
                self._allowed.discard(power)
                if self._told.get(power) is Consent.ASKED:
                    self._told[power] = Consent.DENIED
                self._taken_back.add(power)
            gone = before - self._granted()
        self._end(gone)

    def _granted(self) -> set[Power]:
        return {
            power
            for power, consent in self._told.items()
            if consent is Consent.GRANTED and power not in self._taken_back and self._counts(power)
        }

    def _counts(self, power: Power) -> bool:
        return power is Power.VIEW or power in self._allowed

    def _is_open(self, power: Power) -> bool:
        consent = self._told.get(power)
        if consent is Consent.ASKED:
            return power not in self._allowed
        said = consent is Consent.GRANTED and power not in self._taken_back
        return said and not self._counts(power)

    def _goes_on(self, power: Power, consents: Mapping[Power, Consent]) -> bool:
        """Whether what the user has allowed still is; an answer that is on its way counts."""
        before, now = self._told.get(power), consents.get(power)
        return now is Consent.GRANTED or before is now is Consent.ASKED

    def _is_refused(self, power: Power, consents: Mapping[Power, Consent]) -> bool:
        """Whether a question that was answered with no here is still the server's question."""
        return self._told.get(power) is Consent.DENIED and consents.get(power) is Consent.ASKED

    def _end(self, powers: Iterable[Power]) -> None:
        for power in powers:
            self._ended(power)
