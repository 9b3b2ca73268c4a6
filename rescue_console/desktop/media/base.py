"""What a media engine does for the section that shows a screen.

An engine belongs to one workspace and is used from the loop of the windows; it does its own work
elsewhere, so that no window waits for a packet or a picture. What it tells (``EngineEvents``), it
tells on a thread of its own: receivers pass it on to the windows' thread.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from rescue_console.protocol.answers import IceServer


class Step(Enum):
    """How far a connection has come. Each needs the one before."""

    SIGNALLING = auto()
    """The two sides exchange descriptions through the server."""
    FINDING = auto()
    """They look for a way through the network (ICE, RFC 8445)."""
    ENCRYPTING = auto()
    """They agree on keys (DTLS-SRTP, RFC 5764)."""
    FIRST_FRAME = auto()
    """Packets may come; no picture has been decoded yet."""
    SHOWN = auto()
    """Pictures come."""


class Hindrance(Enum):
    """What is known of why no way was found."""

    UNKNOWN = auto()
    NO_ADDRESSES = auto()
    """The customer's browser has told none of its own."""
    NO_RELAY = auto()
    """No TURN server is set up."""
    RELAY_SILENT = auto()
    """No TURN server answers this side."""
    RELAY_REFUSED = auto()
    """The TURN server gives nothing to this side."""


@dataclass(frozen=True)
class Failure:
    """At which step an attempt to connect failed, and what is known of why."""

    step: Step
    hindrance: Hindrance = Hindrance.UNKNOWN


class BadDescription(ValueError):
    """The other side's description or candidate makes no sense; it may be hostile."""


class RecordingFailed(OSError):
    """A recording cannot be begun or has ended early; the message says why."""


@dataclass(frozen=True)
class Picture:
    """One picture, ready to be painted.

    Attributes:
        image: RGB32, in the size that was asked for.
        source: Width and height as the customer sent it, in pixels.
        holder: What owns the memory of ``image``; keep it for as long.
    """

    image: QImage
    source: QSize
    holder: object = None


@dataclass(frozen=True)
class Statistics:
    """Figures of a connection, over the time since they were last asked for.

    Attributes:
        frames_per_second: Pictures that arrived.
        painted_per_second: Pictures handed on; late ones are dropped.
        bits_per_second: Of everything that arrived.
        lost: Share of packets lost for good or repaired late, 0–1, since the beginning.
        round_trip_s: Of a check on the way in use; ``None`` when it was not answered.
        local_way: Kind of the near end: ``host``, ``srflx``, ``prflx`` or ``relay``.
        remote_way: Kind of the far end.
        codec: Name of the encoding, as ``VP8``.
    """

    size: QSize
    frames_per_second: float
    painted_per_second: float
    bits_per_second: float
    lost: float
    round_trip_s: float | None
    local_way: str
    remote_way: str
    codec: str


class EngineEvents(Protocol):
    """What an engine tells, on its own thread."""

    def on_step(self, connection: int, step: Step) -> None:
        """The connection with this number has come so far."""

    def on_lost(self, connection: int, failure: Failure) -> None:
        """The connection has failed or broken off."""

    def on_picture(self) -> None:
        """``take_picture`` has something new."""

    def on_recording_ended(self, problem: str) -> None:
        """The recording ended by itself; *problem* says why."""


class Answerer(ABC):
    """Answers the page's offers; has one connection at a time, the newest."""

    @abstractmethod
    async def connect(self, connection: int, offer: str, servers: Sequence[IceServer]) -> str:
        """Answer an offer; both are the JSON of an RTCSessionDescriptionInit.

        The connection before it ends.

        Args:
            connection: A number that the caller chooses; events carry it.
            servers: STUN and TURN servers.

        Raises:
            BadDescription: the offer makes no sense.
        """

    @abstractmethod
    async def add_candidate(self, candidate: str) -> None:
        """Take one of the other side's candidates, the JSON of an RTCIceCandidateInit.

        Raises:
            BadDescription: it makes no sense.
        """

    @abstractmethod
    async def disconnect(self) -> None:
        """End the connection, if there is one."""

    @abstractmethod
    async def aclose(self) -> None:
        """End everything; it cannot be used afterwards."""


class MediaEngine(Answerer):
    """Receives one screen at a time."""

    @abstractmethod
    def set_target(self, size: QSize | None) -> None:
        """Convert pictures to this size in device pixels from now on; ``None`` is their own."""

    @abstractmethod
    def take_picture(self) -> Picture | None:
        """Return the newest picture that nobody has taken yet."""

    @abstractmethod
    async def still(self) -> QImage | None:
        """Return the newest picture in its own size, or ``None`` before there was one."""

    @abstractmethod
    async def statistics(self) -> Statistics | None:
        """Return the figures, or ``None`` without a connection."""

    @abstractmethod
    async def record(self, path: Path) -> None:
        """Begin to record what is shown into a new file; it goes on over reconnections.

        Raises:
            RecordingFailed: the file cannot be made.
        """

    @abstractmethod
    async def stop_recording(self) -> None:
        """Finish the recording, if there is one, so that players can open it.

        Raises:
            RecordingFailed: the last part could not be written.
        """
