"""Powers that the customer has allowed in the applet's window and the server has confirmed."""

from collections.abc import Iterable

from rescue_console.applet.consent.grants import Grants
from rescue_console.protocol.powers import Consent, Power


def grant(grants: Grants, powers: Iterable[Power]) -> None:
    """Set *grants* as if the customer had allowed exactly these *powers*."""
    powers = list(powers)
    for power in powers:
        grants.allow(power)
    grants.update(dict.fromkeys(powers, Consent.GRANTED))
