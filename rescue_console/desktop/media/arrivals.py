"""Packs the arrival times of packets into reports in the form that senders expect.

Source: draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1.
"""

import struct
from collections.abc import Iterator, Sequence

SPAN_MAX = 400
"""The most packets in one report, which then fits a datagram even if each time needs two bytes."""

AHEAD_MAX = 4_000
"""The most numbers that may be missing in a row; a wider gap is a new beginning, not a loss."""

_RTPFB, _TRANSPORT_WIDE = 205, 15
_TICKS_PER_S = 4_000
_TICKS_PER_REFERENCE = 256  # 64 ms
_MISSING, _SMALL, _LARGE = range(3)
_PER_CHUNK = 7


class Arrivals:
    """Notes arrivals and packs them into RTCP packets."""

    def __init__(self) -> None:
        self._times: dict[int, int] = {}
        self._next: int | None = None
        self._newest = 0
        self._reports = 0

    def note(self, number: int, now_s: float) -> None:
        """Note that the packet with this number, modulo 65 536, arrived at *now_s*."""
        ticks = round(now_s * _TICKS_PER_S)
        unwrapped = self._unwrap(number)
        if self._next is not None and abs(unwrapped - self._next) > AHEAD_MAX:
            self._times.clear()
            self._next = None
        if self._next is None:
            self._next = unwrapped
        self._newest = unwrapped if not self._times else max(self._newest, unwrapped)
        self._times[unwrapped] = ticks

    def reports(self, sender: int, media: int) -> Iterator[bytes]:
        """Yield RTCP packets that report what has been noted since the last call.

        Args:
            sender: The synchronization source of this side.
            media: The synchronization source of the stream that the packets belong to.
        """
        while self._times:
            assert self._next is not None
            # A packet that arrives late was reported as missing, so the report begins with it.
            first = min(self._next, min(self._times))
            entries = self._take(first)
            head = struct.pack("!LL", sender, media)
            body = head + _pack(first, entries, self._reports)
            self._reports = (self._reports + 1) & 0xFF
            yield _rtcp(body)

    def _take(self, first: int) -> list[int | None]:
        """Take what fits into one report: the time of each packet from *first* on, in ticks."""
        entries: list[int | None] = []
        before: int | None = None
        last = max(self._times)
        while first + len(entries) <= last and len(entries) < SPAN_MAX:
            ticks = self._times.get(first + len(entries))
            if ticks is not None:
                if before is not None and not -0x8000 <= ticks - before <= 0x7FFF:
                    break
                before = ticks
            entries.append(ticks)
        for number in range(first, first + len(entries)):
            self._times.pop(number, None)
        assert self._next is not None
        self._next = max(self._next, first + len(entries))
        return entries

    def _unwrap(self, number: int) -> int:
        """Return the number nearest to the newest one that equals *number* modulo 65 536."""
        reference = self._newest
        return reference + ((number - reference + 0x8000) & 0xFFFF) - 0x8000


def _pack(first: int, entries: Sequence[int | None], count: int) -> bytes:
    """Return the body of a report: base, reference time, which packets came, and when."""
    known = [ticks for ticks in entries if ticks is not None]
    reference = (known[0] if known else 0) // _TICKS_PER_REFERENCE
    symbols, deltas = [], b""
    before = reference * _TICKS_PER_REFERENCE
    for ticks in entries:
        if ticks is None:
            symbols.append(_MISSING)
            continue
        delta, before = ticks - before, ticks
        small = 0 <= delta <= 0xFF
        symbols.append(_SMALL if small else _LARGE)
        deltas += struct.pack("!B" if small else "!h", delta)
    packed = struct.pack("!HH", first & 0xFFFF, len(entries))
    packed += struct.pack("!L", (reference & 0xFFFFFF) << 8 | count)
    return packed + b"".join(_chunks(symbols)) + deltas


def _chunks(symbols: Sequence[int]) -> Iterator[bytes]:
    """Yield vectors of seven two-bit symbols, the last one padded with *missing*."""
    for start in range(0, len(symbols), _PER_CHUNK):
        chunk = 0b11
        for place in range(_PER_CHUNK):
            number = start + place
            chunk = chunk << 2 | (symbols[number] if number < len(symbols) else _MISSING)
        yield struct.pack("!H", chunk)


def _rtcp(body: bytes) -> bytes:
    """Return an RTCP packet, padded to whole words. Source: RFC 3550 section 6.4.1."""
    filling = -len(body) % 4
    padded = body + (bytes(filling - 1) + bytes([filling]) if filling else b"")
    first = 0x80 | (0x20 if filling else 0) | _TRANSPORT_WIDE
    return struct.pack("!BBH", first, _RTPFB, len(padded) // 4) + padded
