"""Which certificate a signal announces."""

import pytest

from rescue_console.applet.session.fingerprint import fingerprint
from rescue_console.protocol.signals import Signal, SignalKind


def test_the_relays_signal_announces_a_fingerprint() -> None:
    assert fingerprint(Signal(kind=SignalKind.RELAY_READY, body="ab" * 32)) == b"\xab" * 32


@pytest.mark.parametrize("body", ["", "ab" * 31, "ab" * 33, "xy" * 32])
def test_an_invalid_fingerprint_is_ignored(body: str) -> None:
    assert fingerprint(Signal(kind=SignalKind.RELAY_READY, body=body)) is None


def test_other_signals_announce_no_fingerprint() -> None:
    other = next(kind for kind in SignalKind if kind is not SignalKind.RELAY_READY)
    assert fingerprint(Signal(kind=other, body="ab" * 32)) is None
