"""Tells the browser when its packets arrive, so that it knows how much the way can carry.

aiortc estimates that on this side and lets it rise by a few per cent a second, from next to
nothing: a still screen never gets past some hundred kilobits, and a change on it then takes many
frames' time. With the times of arrival the browser estimates by itself, and probes at once.

WORKAROUND https://github.com/aiortc/aiortc/pull/1411 (remove when it is in a release).
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

from aiortc import RTCRtpCodecParameters, RTCRtpHeaderExtensionParameters, RTCRtpReceiver
from aiortc.rtcrtpparameters import RTCRtcpFeedback
from aiortc.rtcrtptransceiver import RTCRtpTransceiver
from aiortc.rtp import RtpPacket
from aiortc.sdp import SessionDescription

from rescue_console.desktop.media.arrivals import Arrivals

NUMBERED = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
"""The header extension that numbers all packets of a transport."""

REPORT_EVERY_S = 0.05
"""Seconds between two reports: what browsers do when there is much to tell."""

_FEEDBACK = RTCRtcpFeedback(type="transport-cc")


def agree_on_reports(transceiver: RTCRtpTransceiver, offer: SessionDescription) -> bool:
    """Take up the browser's offer to number its packets; return whether it made one.

    To be called between ``setRemoteDescription`` and ``createAnswer``.
    """
    [media] = offer.media
    numbered = [each for each in media.rtp.headerExtensions if each.uri == NUMBERED]
    if not numbered or not any(_FEEDBACK in codec.rtcpFeedback for codec in media.rtp.codecs):
        return False
    transceiver._headerExtensions = _without_send_time(transceiver._headerExtensions, numbered)
    for codec in transceiver._codecs:
        codec.rtcpFeedback = _by_arrival(codec)
    return True


async def report_arrivals(receiver: RTCRtpReceiver) -> None:
    """Report when packets arrive, all of them: also those that only probe the way. Never ends."""
    arrivals = Arrivals()
    handle = receiver._handle_rtp_packet

    async def note(packet: RtpPacket, arrival_time_ms: int) -> None:
        if (number := packet.extensions.transport_sequence_number) is not None:
            arrivals.note(number, time.monotonic())
        await handle(packet, arrival_time_ms)

    receiver._handle_rtp_packet = note  # type: ignore[method-assign]
    while True:
        await asyncio.sleep(REPORT_EVERY_S)
        sources = receiver.getSynchronizationSources()
        if not sources:
            continue
        # Not connected any more: whoever watches the connection says so.
        with suppress(ConnectionError):
            for report in arrivals.reports(_own_source(receiver), sources[0].source):
                await receiver.transport._send_rtp(report)


def _without_send_time(
    extensions: Sequence[RTCRtpHeaderExtensionParameters],
    numbered: Sequence[RTCRtpHeaderExtensionParameters],
) -> list[RTCRtpHeaderExtensionParameters]:
    """Return what is agreed on; without the time of sending aiortc makes no estimate."""
    return [each for each in extensions if not each.uri.endswith("/abs-send-time")] + [*numbered]


def _by_arrival(codec: RTCRtpCodecParameters) -> list[RTCRtcpFeedback]:
    if codec.mimeType.lower() == "video/rtx":
        return codec.rtcpFeedback
    return [each for each in codec.rtcpFeedback if each.type != "goog-remb"] + [_FEEDBACK]


def _own_source(receiver: RTCRtpReceiver) -> int:
    """Return the source that a receiver's own reports name."""
    return receiver._RTCRtpReceiver__rtcp_ssrc or 0  # type: ignore[attr-defined]
