"""What the customer allows, in the applet's window, and the server then knows."""

from collections.abc import Iterable

from rescue_console.applet.consent.grants import Grants
from rescue_console.protocol.powers import Consent, Power


def grant(grants: Grants, powers: Iterable[Power]) -> None:
    """Let the customer have allowed just these *powers*."""
    powers = list(powers)
    for power in powers:
        grants.allow(power)
    grants.update(dict.fromkeys(powers, Consent.GRANTED))
