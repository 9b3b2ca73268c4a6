"""What a media engine does for the section that shows a screen.

An engine belongs to one workspace and is used from the windows' loop; it does its own work
elsewhere, so that no window waits for a packet or a picture. It reports ``EngineEvents`` on its own
thread; receivers must pass them on to the windows' thread.
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
    """How far a connection has got. Each step needs the one before."""

    SIGNALLING = auto()
    """The two sides exchange descriptions through the server."""
    FINDING = auto()
    """They look for a route through the network (ICE, RFC 8445)."""
    ENCRYPTING = auto()
    """They agree on keys (DTLS-SRTP, RFC 5764)."""
    FIRST_FRAME = auto()
    """Packets may arrive; no picture has been decoded yet."""
    SHOWN = auto()
    """Pictures arrive."""


class Hindrance(Enum):
    """What is known about why no route was found."""

    UNKNOWN = auto()
    NO_ADDRESSES = auto()
    """The customer's browser has given no address of its own."""
    NO_RELAY = auto()
    """No TURN server is set up."""
    RELAY_SILENT = auto()
    """No TURN server answers this side."""
    RELAY_REFUSED = auto()
    """The TURN server refuses to serve this side."""


@dataclass(frozen=True)
class Failure:
    """The step at which an attempt to connect failed, and what is known about why."""

    step: Step
    hindrance: Hindrance = Hindrance.UNKNOWN


class BadDescription(ValueError):
    """The other side's description or candidate makes no sense; it may be hostile."""


class RecordingFailed(OSError):
    """A recording could not be begun, or has ended early; the message says why."""


@dataclass(frozen=True)
class Picture:
    """One picture, ready to be painted.

    Attributes:
        image: RGB32, in the size that was asked for.
        source: Width and height as the customer sent it, in pixels.
        holder: What owns the memory of ``image``; keep it as long as the image.
    """

    image: QImage
    source: QSize
    holder: object = None


@dataclass(frozen=True)
class Statistics:
    """Figures of a connection, over the time since they were last asked for.

    Attributes:
        size: Width and height of the newest picture in pixels; empty before the first.
        frames_per_second: Pictures that arrived.
        painted_per_second: Pictures handed on; late ones are dropped.
        bits_per_second: Bits that arrived, of any kind.
        lost: Share of packets that were lost for good or repaired late, 0–1, since the beginning.
        round_trip_s: How long a check on the route in use took; ``None`` if it was not answered.
        local_way: Kind of the near end: ``host``, ``srflx``, ``prflx`` or ``relay``.
        remote_way: Kind of the far end.
        codec: Name of the encoding, such as ``VP8``.
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
    """What an engine reports, on its own thread."""

    def on_step(self, connection: int, step: Step) -> None:
        """The connection with this number has reached *step*."""

    def on_lost(self, connection: int, failure: Failure) -> None:
        """The connection has failed or broken off."""

    def on_picture(self) -> None:
        """``take_picture`` has a new picture."""

    def on_recording_ended(self, problem: str) -> None:
        """The recording has ended by itself; *problem* says why."""


class Answerer(ABC):
    """Answers the page's offers; has one connection at a time, the newest."""

    @abstractmethod
    async def connect(self, connection: int, offer: str, servers: Sequence[IceServer]) -> str:
        """Answer an offer; both are the JSON of an RTCSessionDescriptionInit.

        This ends the previous connection.

        Args:
            connection: A number that the caller chooses; events carry it.
            servers: STUN and TURN servers.

        Raises:
            BadDescription: the offer makes no sense.
        """

    @abstractmethod
    async def add_candidate(self, candidate: str) -> None:
        """Add one of the other side's candidates, the JSON of an RTCIceCandidateInit.

        Raises:
            BadDescription: the candidate makes no sense.
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
        """Convert pictures to this size in device pixels; ``None`` keeps their own size."""

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
        """Begin to record what is shown into a new file; reconnecting does not end it.

        Raises:
            RecordingFailed: the file cannot be made.
        """

    @abstractmethod
    async def stop_recording(self) -> None:
        """Finish the recording, if there is one, so that players can open it.

        Raises:
            RecordingFailed: the last part could not be written.
        """
