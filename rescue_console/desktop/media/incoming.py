"""One WebRTC connection that receives the customer's screen, made with aiortc.

It lives in the media thread's loop.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import av
from aioice import stun
from aiortc import MediaStreamTrack, RTCRtpReceiver, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from aiortc.rtcrtpreceiver import RemoteStreamTrack
from aiortc.sdp import SessionDescription
from PySide6.QtCore import QSize

from rescue_console.desktop.media.answering import AnsweringConnection
from rescue_console.desktop.media.arrival_reports import agree_on_reports, report_arrivals
from rescue_console.desktop.media.base import Failure, Statistics, Step
from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.frame_buffer import FrameBuffer
from rescue_console.desktop.media.pictures import WIDEST, Pictures
from rescue_console.desktop.media.relays import Ways

SILENT_S = 6.0
"""Seconds without a packet after which the connection is lost; browsers send a report a second."""

FIND_WITHIN_S = 15.0
"""Seconds for finding a route; asking silent STUN and TURN servers first may take 9 s more."""

CONNECT_WITHIN_S = 20.0
"""Seconds for agreeing on keys, and again for the first picture."""

TICK_S = 0.1
"""Seconds between two checks for what is missing."""

_log = logging.getLogger(__name__)


class Incoming(AnsweringConnection):
    """Hands on decoded frames until it is closed.

    Args:
        certificate: Shown to the browser in DTLS.
        ways: The STUN and TURN servers to use.
        pictures: Receives each decoded frame.
        on_step: Called with each step that the connection reaches.
        on_lost: Called once when it has failed, with the step that did not succeed.
        on_encoded: Called with each encoded frame.
    """

    medium = "video"

    def __init__(
        self,
        certificate: Certificate,
        ways: Ways,
        pictures: Pictures,
        on_step: Callable[[Step], None],
        on_lost: Callable[[Failure], None],
        on_encoded: Callable[[bytes], None],
    ) -> None:
        super().__init__(certificate, ways, on_lost)
        self._pc.on("iceconnectionstatechange", self._follow_state)
        self._pc.on("track", self._on_track)
        self._pictures = pictures
        self._on_step = on_step
        self._on_encoded = on_encoded
        self._step = Step.SIGNALLING
        self._since = time.monotonic()
        self._receiver: RTCRtpReceiver | None = None
        self._frames = 0
        self._bytes = 0
        self._heard = 0
        self._heard_at = 0.0
        self._asked_at = time.monotonic()
        self._painted = 0

    async def ask_for_key_frame(self) -> None:
        """Ask the browser for a frame that needs no other frame."""
        if self._receiver is not None:
            for source in self._receiver.getSynchronizationSources():
                # WORKAROUND https://github.com/aiortc/aiortc/blob/main/src/aiortc/rtcrtpreceiver.py
                # (remove when there is a public call for a picture loss indication).
                await self._receiver._send_rtcp_pli(source.source)

    async def statistics(self) -> Statistics:
        """Return the figures since the last call."""
        now = time.monotonic()
        passed = max(now - self._asked_at, 0.001)
        received, lost, size = await self._counts()
        frame = self._pictures.newest
        figures = Statistics(
            size=QSize(frame.width, frame.height) if frame is not None else QSize(),
            frames_per_second=self._frames / passed,
            painted_per_second=(self._pictures.converted - self._painted) / passed,
            bits_per_second=max(size - self._bytes, 0) * 8 / passed,
            lost=lost / max(received + lost, 1),
            round_trip_s=await self._round_trip(),
            local_way=self._way(near=True),
            remote_way=self._way(near=False),
            codec="VP8",
        )
        self._asked_at, self._frames, self._bytes = now, 0, size
        self._painted = self._pictures.converted
        return figures

    # How far the connection has got

    def _follow_state(self) -> None:
        match self._pc.connectionState:
            case "connecting":
                found = self._pc.iceConnectionState == "completed"
                self._reach(Step.ENCRYPTING if found else Step.FINDING)
            case "connected":
                self._reach(Step.FIRST_FRAME)
            case _:
                super()._follow_state()

    def _reached(self) -> Step:
        return self._step

    def _reach(self, step: Step) -> None:
        if not self._over and step.value > self._step.value:
            self._step = step
            self._since = time.monotonic()
            self._on_step(step)

    async def _watch(self) -> None:
        """Ask again for what is missing; declare the connection lost when nothing more arrives."""
        while not self._over:
            await asyncio.sleep(TICK_S)
            now = time.monotonic()
            if self._step in (Step.FIRST_FRAME, Step.SHOWN):
                await self._ask_again()
                self._listen(now)
                if now - self._heard_at > SILENT_S:
                    self._lose()
            elif now - self._since > self._limit():
                self._lose()
            if self._step is Step.FIRST_FRAME and now - self._since > CONNECT_WITHIN_S:
                self._lose()

    def _limit(self) -> float:
        return CONNECT_WITHIN_S if self._step is Step.ENCRYPTING else FIND_WITHIN_S

    def _listen(self, now: float) -> None:
        heard = sum(
            getattr(each, "bytesReceived", 0)
            # The public getStats() would build all reports, ten times a second.
            for each in self._pc.getTransceivers()[0].receiver.transport._get_stats().values()
        )
        if heard != self._heard or not self._heard_at:
            self._heard, self._heard_at = heard, now

    async def _ask_again(self) -> None:
        """Ask for packets that are still missing.

        WORKAROUND https://github.com/aiortc/aiortc/blob/main/src/aiortc/rtcrtpreceiver.py (remove
        when it repeats itself): it asks for a lost packet only when another one is lost.
        """
        receiver = self._receiver
        if receiver is None:
            return
        missing = sorted(receiver._RTCRtpReceiver__nack_generator.missing)  # type: ignore[attr-defined]
        sources = receiver.getSynchronizationSources()
        if missing and sources:
            await receiver._send_rtcp_nack(sources[0].source, missing)

    # Pictures

    def _agree(self, offer: RTCSessionDescription) -> None:
        self._prefer_vp8()
        [transceiver] = self._pc.getTransceivers()
        if agree_on_reports(transceiver, SessionDescription.parse(offer.sdp)):
            self._start(report_arrivals(transceiver.receiver))

    def _prefer_vp8(self) -> None:
        """Choose VP8, which every browser sends (RFC 7742 section 5) and WebM stores unchanged."""
        codecs = RTCRtpReceiver.getCapabilities("video")
        if codecs is not None:
            wanted = ("video/VP8", "video/rtx")
            self._pc.getTransceivers()[0].setCodecPreferences(
                [codec for codec in codecs.codecs if codec.mimeType in wanted]
            )

    def _on_track(self, track: MediaStreamTrack) -> None:
        self._receiver = self._pc.getTransceivers()[0].receiver
        # WORKAROUND see frame_buffer.
        self._receiver._RTCRtpReceiver__jitter_buffer = FrameBuffer(  # type: ignore[attr-defined]
            self._on_encoded, time.monotonic
        )
        self._start(self._receive(track))

    async def _receive(self, track: MediaStreamTrack) -> None:
        assert isinstance(track, RemoteStreamTrack)
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                self._frames += 1
                while not track._queue.empty():  # late: only the newest is worth converting
                    frame = await track.recv()
                    self._frames += 1
                if not isinstance(frame, av.VideoFrame) or max(frame.width, frame.height) > WIDEST:
                    continue
                try:
                    await self._pictures.convert(frame)
                except (av.FFmpegError, ValueError) as error:
                    _log.debug("A picture was skipped: %s", error)
                    continue
                self._reach(Step.SHOWN)

    # Figures

    async def _counts(self) -> tuple[int, int, int]:
        """Return packets received and lost, and bytes received."""
        received = lost = size = 0
        if self._receiver is not None:
            for report in (await self._receiver.getStats()).values():
                received += getattr(report, "packetsReceived", 0)
                lost += max(getattr(report, "packetsLost", 0), 0)
                size += getattr(report, "bytesReceived", 0)
        return received, lost, size

    async def _round_trip(self) -> float | None:
        """Return how many seconds one check on the route in use takes; ``None`` if unanswered."""
        pair = self._pair()
        if pair is None:
            return None
        ice = self._ice()
        asked = time.monotonic()
        with suppress(stun.TransactionError, OSError):
            await pair.protocol.request(
                ice.build_request(pair, nominate=False),
                pair.remote_addr,
                integrity_key=ice.remote_password.encode(),
                retransmissions=0,
            )
            return time.monotonic() - asked
        return None

    def _way(self, *, near: bool) -> str:
        pair = self._pair()
        if pair is None:
            return ""
        return str((pair.local_candidate if near else pair.remote_candidate).type)

    def _ice(self) -> Any:  # aiortc keeps aioice's connection to itself
        return self._pc.getTransceivers()[0].receiver.transport.transport._connection

    def _pair(self) -> Any:  # private in aioice
        if self._receiver is None:
            return None
        return next(iter(self._ice()._nominated.values()), None)
