"""Tells the browser when its packets arrive, so that it knows how much the route can carry.

aiortc estimates that on this side, starting from next to nothing and rising by a few per cent a
second: a still screen never gets past a few hundred kilobits a second, so that a change on it takes
as long as many frames. Given the arrival times, the browser makes its own estimate, and probes at
once.

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
"""Seconds between two reports: what browsers do when there is much to report."""

_FEEDBACK = RTCRtcpFeedback(type="transport-cc")


def agree_on_reports(transceiver: RTCRtpTransceiver, offer: SessionDescription) -> bool:
    """Accept the browser's offer to number its packets; return whether it made one.

    Call this between ``setRemoteDescription`` and ``createAnswer``.
    """
    [media] = offer.media
    numbered = [header for header in media.rtp.headerExtensions if header.uri == NUMBERED]
    if not numbered or not any(_FEEDBACK in codec.rtcpFeedback for codec in media.rtp.codecs):
        return False
    transceiver._headerExtensions = _without_send_time(transceiver._headerExtensions, numbered)
    for codec in transceiver._codecs:
        codec.rtcpFeedback = _by_arrival(codec)
    return True


async def report_arrivals(receiver: RTCRtpReceiver) -> None:
    """Report when packets arrive, including those that only probe the route. Never returns."""
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
        # If the connection is lost, whoever watches it reports that.
        with suppress(ConnectionError):
            for report in arrivals.reports(_own_source(receiver), sources[0].source):
                await receiver.transport._send_rtp(report)


def _without_send_time(
    extensions: Sequence[RTCRtpHeaderExtensionParameters],
    numbered: Sequence[RTCRtpHeaderExtensionParameters],
) -> list[RTCRtpHeaderExtensionParameters]:
    """Return the extensions to agree on: without the time of sending, aiortc does not estimate."""
    kept = [header for header in extensions if not header.uri.endswith("/abs-send-time")]
    return [*kept, *numbered]


def _by_arrival(codec: RTCRtpCodecParameters) -> list[RTCRtcpFeedback]:
    if codec.mimeType.lower() == "video/rtx":
        return codec.rtcpFeedback
    kept = [feedback for feedback in codec.rtcpFeedback if feedback.type != "goog-remb"]
    return [*kept, _FEEDBACK]


def _own_source(receiver: RTCRtpReceiver) -> int:
    """Return the source that a receiver's own reports name."""
    return receiver._RTCRtpReceiver__rtcp_ssrc or 0  # type: ignore[attr-defined]
