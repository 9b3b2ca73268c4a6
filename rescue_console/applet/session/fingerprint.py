"""Reads which certificate a console announces; the channel is pinned to it."""

from rescue_console.protocol.signals import Signal, SignalKind

_FINGERPRINT_BYTES = 32


def fingerprint(signal: Signal) -> bytes | None:
    """Return the SHA-256 that *signal* announces; None if it announces none, or an invalid one."""
    if signal.kind is not SignalKind.RELAY_READY:
        return None
    try:
        digest = bytes.fromhex(signal.body)
    except ValueError:
        return None
    return digest if len(digest) == _FINGERPRINT_BYTES else None
