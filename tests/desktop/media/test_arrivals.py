"""Reports of arrivals say which packets came and when, in the form that browsers read."""

import struct

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.desktop.media.arrival_reports import NUMBERED, agree_on_reports
from rescue_console.desktop.media.arrivals import AHEAD_MAX, SPAN_MAX, Arrivals

TICK_S = 1 / 4_000
DATAGRAM = 1_200


def read(packet: bytes) -> tuple[int, dict[int, int | None]]:
    """Read one report as the draft (section 3.1) describes it.

    Returns:
        The report's count, and the ticks of each packet; ``None`` for one reported as missing.
    """
    first, kind, words = struct.unpack("!BBH", packet[:4])
    assert (first >> 6, first & 0x1F, kind) == (2, 15, 205)
    assert len(packet) == (words + 1) * 4
    end = len(packet) - (packet[-1] if first & 0x20 else 0)
    base, count, reference = struct.unpack("!HHL", packet[12:20])
    symbols: list[int] = []
    place = 20
    while len(symbols) < count:
        (chunk,) = struct.unpack("!H", packet[place : place + 2])
        assert chunk >> 14 == 0b11
        symbols += [chunk >> shift & 3 for shift in range(12, -1, -2)]
        place += 2
    assert not any(symbols[count:])
    ticks = (reference >> 8) * 256
    told: dict[int, int | None] = {}
    for number, symbol in enumerate(symbols[:count]):
        if symbol == 0:
            told[(base + number) & 0xFFFF] = None
            continue
        form, size = ("!B", 1) if symbol == 1 else ("!h", 2)
        ticks += struct.unpack(form, packet[place : place + size])[0]
        place += size
        told[(base + number) & 0xFFFF] = ticks
    assert place == end
    return reference & 0xFF, told


def reported_by(arrivals: Arrivals) -> dict[int, int | None]:
    told: dict[int, int | None] = {}
    for packet in arrivals.reports(1, 2):
        assert len(packet) <= DATAGRAM
        told |= read(packet)[1]
    return told


def test_without_arrivals_there_is_no_report() -> None:
    assert list(Arrivals().reports(1, 2)) == []


def test_each_packet_is_reported_with_its_time() -> None:
    arrivals = Arrivals()
    for number, ticks in enumerate((4_000, 4_003, 4_003, 9_000)):
        arrivals.note(number, ticks * TICK_S)
    assert reported_by(arrivals) == {0: 4_000, 1: 4_003, 2: 4_003, 3: 9_000}


def test_the_report_names_both_streams() -> None:
    arrivals = Arrivals()
    arrivals.note(7, 1.0)
    [packet] = arrivals.reports(0x01020304, 0x0A0B0C0D)
    assert packet[4:12] == bytes.fromhex("01020304 0a0b0c0d")


def test_packets_that_did_not_arrive_are_reported_as_missing() -> None:
    arrivals = Arrivals()
    arrivals.note(10, 1.0)
    arrivals.note(13, 1.001)
    assert reported_by(arrivals) == {10: 4_000, 11: None, 12: None, 13: 4_004}


def test_packets_missing_between_two_reports_are_in_the_second() -> None:
    arrivals = Arrivals()
    arrivals.note(10, 1.0)
    reported_by(arrivals)
    arrivals.note(12, 1.001)
    assert reported_by(arrivals) == {11: None, 12: 4_004}


def test_a_packet_that_was_missing_is_reported_again_when_it_arrives() -> None:
    arrivals = Arrivals()
    arrivals.note(10, 1.0)
    arrivals.note(12, 1.001)
    reported_by(arrivals)
    arrivals.note(11, 1.002)
    assert reported_by(arrivals) == {11: 4_008}
    arrivals.note(13, 1.003)
    assert reported_by(arrivals) == {13: 4_012}


def test_numbers_start_over_after_65535() -> None:
    arrivals = Arrivals()
    for number, time in ((65_534, 1.0), (65_535, 1.001), (0, 1.002), (2, 1.003)):
        arrivals.note(number, time)
    assert reported_by(arrivals) == {65_534: 4_000, 65_535: 4_004, 0: 4_008, 1: None, 2: 4_012}


def test_a_pause_too_long_for_one_report_begins_another() -> None:
    arrivals = Arrivals()
    arrivals.note(1, 1.0)
    arrivals.note(2, 20.0)
    packets = list(arrivals.reports(1, 2))
    assert [read(packet) for packet in packets] == [(0, {1: 4_000}), (1, {2: 80_000})]


def test_a_leap_in_the_numbers_is_a_new_beginning() -> None:
    arrivals = Arrivals()
    arrivals.note(1, 1.0)
    arrivals.note(AHEAD_MAX + 10, 1.001)
    assert reported_by(arrivals) == {AHEAD_MAX + 10: 4_004}


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.floats(0, 40)), max_size=60))
def test_whatever_numbers_arrive_the_reports_can_be_read(packets: list[tuple[int, float]]) -> None:
    arrivals = Arrivals()
    now = 0.0
    for place, (number, pause) in enumerate(packets):
        now += pause
        arrivals.note(number, now)
        if place % 7 == 6:
            assert all(len(read(packet)[1]) <= SPAN_MAX for packet in arrivals.reports(1, 2))
    told = reported_by(arrivals)
    if packets and len(packets) % 7:
        assert told[packets[-1][0]] == round(now * 4_000)
    assert reported_by(arrivals) == {}


@given(st.dictionaries(st.integers(0, 3_000), st.floats(0, 5), min_size=1))
def test_every_packet_of_a_run_is_reported_once(delays: dict[int, float]) -> None:
    arrivals = Arrivals()
    order = sorted(delays, key=lambda number: number + delays[number])
    times = {number: 5_000 + place for place, number in enumerate(order)}
    for number in order:
        arrivals.note(number, times[number] * TICK_S)
    told = {number: ticks for number, ticks in reported_by(arrivals).items() if ticks is not None}
    assert told == times


async def offer_of_a_video() -> RTCSessionDescription:
    other = RTCPeerConnection()
    other.addTransceiver("video", direction="sendonly")
    try:
        await other.setLocalDescription(await other.createOffer())
        return other.localDescription
    finally:
        await other.close()


@pytest.mark.parametrize("numbered", [True, False])
async def test_the_answer_agrees_to_reports_only_if_the_offer_does(numbered: bool) -> None:
    sdp = (await offer_of_a_video()).sdp
    if numbered:
        sdp = sdp.replace(" goog-remb", " transport-cc", 1)
        sdp += f"a=extmap:9 {NUMBERED}\r\n"
    console = RTCPeerConnection()
    try:
        await console.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        [transceiver] = console.getTransceivers()
        agreed = agree_on_reports(transceiver, SessionDescription.parse(sdp))
        answer = (await console.createAnswer()).sdp
    finally:
        await console.close()
    assert agreed is numbered
    assert (f"a=extmap:9 {NUMBERED}" in answer) is numbered
    assert ("transport-cc" in answer) is numbered
    # Only one of the two, or else the lower of two estimates would count.
    assert ("goog-remb" in answer) is not numbered
    assert ("abs-send-time" in answer) is not numbered
