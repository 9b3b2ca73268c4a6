"""What the customer allows at this moment: the applet's own record, checked before every action.

A power is granted only if the customer has allowed it in the applet's own window, the server knows
of that, and it has not been taken back. A grant that only the server claims is treated as a
question, so that whoever runs the server cannot help themselves. A power that was taken back stays
taken back, even if an older message says otherwise, until the server has shown that it knows. The
picture is the one exception: the customer allows it on the page, which also captures it.
"""

import threading
from collections.abc import Callable, Iterable, Mapping

from rescue_console.protocol.powers import Consent, Power


class Grants:
    """The record of what is granted; it may be used from any thread.

    Args:
        ended: Called for each power that has ended, in the thread that ended it and before the
            call that did so returns.
        returned_with: What the customer had allowed before a restart of the computer: of all that
            the server still holds to be granted, nothing else counts. None if there was no restart.
    """

    def __init__(
        self, ended: Callable[[Power], None], returned_with: Iterable[Power] | None = None
    ) -> None:
        self._ended = ended
        self._lock = threading.Lock()
        self._consents: dict[Power, Consent] = {}
        self._allowed = set(returned_with or ())
        self._taken_back = set() if returned_with is None else set(Power) - self._allowed

    def update(self, consents: Mapping[Power, Consent]) -> None:
        """Update the record with the consents that the server knows."""
        with self._lock:
            before = self._granted()
            self._allowed = {power for power in self._allowed if self._goes_on(power, consents)}
            refused = [power for power in self._taken_back if self._is_refused(power, consents)]
            self._consents = {**consents, **dict.fromkeys(refused, Consent.DENIED)}
            self._taken_back = {
                power
                for power in self._taken_back
                if power in refused or self._consents.get(power) is Consent.GRANTED
            }
            gone = before - self._granted()
        self._end(gone)

    def allow(self, power: Power) -> None:
        """Record that the customer has allowed *power*."""
        with self._lock:
            self._allowed.add(power)

    def ask_again(self) -> None:
        """Forget what the customer has allowed, because it was allowed to somebody else."""
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
        """Tell whether any of *powers* is granted."""
        with self._lock:
            return not self._granted().isdisjoint(powers)

    def granted(self) -> list[Power]:
        """Return the granted powers, in the order of ``Power``."""
        with self._lock:
            granted = self._granted()
        return [power for power in Power if power in granted]

    def asked(self) -> list[Power]:
        """Return the powers that the customer must still answer for.

        The server says that they are asked for, or that they are granted.
        """
        with self._lock:
            return [power for power in Power if self._is_open(power)]

    def unknown_to_server(self) -> list[Power]:
        """Return the powers that were taken back and that the server still holds to be granted."""
        with self._lock:
            return [
                power
                for power in Power
                if power in self._taken_back and self._consents.get(power) is Consent.GRANTED
            ]

    def unheard(self) -> dict[Power, bool]:
        """Return the answers that the server does not know yet: True grants, False refuses."""
        with self._lock:
            return {
                power: power not in self._taken_back
                for power, consent in self._consents.items()
                if power in self._taken_back
                or (consent is Consent.ASKED and power in self._allowed)
            }

    def take_back(self, powers: Iterable[Power]) -> None:
        """End *powers* before anybody is told; open questions for them are answered with no."""
        with self._lock:
            before = self._granted()
            for power in powers:
                self._allowed.discard(power)
                if self._consents.get(power) is Consent.ASKED:
                    self._consents[power] = Consent.DENIED
                self._taken_back.add(power)
            gone = before - self._granted()
        self._end(gone)

    def _granted(self) -> set[Power]:
        return {
            power
            for power, consent in self._consents.items()
            if consent is Consent.GRANTED and power not in self._taken_back and self._counts(power)
        }

    def _counts(self, power: Power) -> bool:
        return power is Power.VIEW or power in self._allowed

    def _is_open(self, power: Power) -> bool:
        consent = self._consents.get(power)
        if consent is Consent.ASKED:
            return power not in self._allowed
        said = consent is Consent.GRANTED and power not in self._taken_back
        return said and not self._counts(power)

    def _goes_on(self, power: Power, consents: Mapping[Power, Consent]) -> bool:
        """Whether *power* stays allowed; a question stays so until the server knows the answer."""
        before, now = self._consents.get(power), consents.get(power)
        return now is Consent.GRANTED or before is now is Consent.ASKED

    def _is_refused(self, power: Power, consents: Mapping[Power, Consent]) -> bool:
        """Whether the server still asks a question that was answered with no here."""
        return self._consents.get(power) is Consent.DENIED and consents.get(power) is Consent.ASKED

    def _end(self, powers: Iterable[Power]) -> None:
        for power in powers:
            self._ended(power)
