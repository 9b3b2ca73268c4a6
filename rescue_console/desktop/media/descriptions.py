"""Reads and writes the WebRTC descriptions and candidates that travel as signals."""

import msgspec
from aiortc import RTCConfiguration, RTCIceCandidate, RTCIceServer, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp

from rescue_console.desktop.media.base import BadDescription
from rescue_console.protocol.answers import IceServer
from rescue_console.protocol.unreadable import UNREADABLE

_CANDIDATE_MAX = 1_000
_NAMES = {"video": "picture", "application": "connection for data"}


class _Description(msgspec.Struct):
    type: str
    sdp: str


class _Candidate(msgspec.Struct, rename="camel"):
    candidate: str = ""
    sdp_mid: str | None = None
    sdp_m_line_index: int | None = None


def read_offer(text: str, medium: str = "video") -> RTCSessionDescription:
    """Return the offer of one *medium*: ``video``, or ``application`` for data channels.

    Raises:
        BadDescription: *text* is not such an offer.
    """
    try:
        read = msgspec.json.decode(text, type=_Description)
    except UNREADABLE as error:
        raise BadDescription("The offer cannot be read.") from error
    kinds = [line.split(" ")[0] for line in read.sdp.splitlines() if line.startswith("m=")]
    if read.type != "offer" or kinds != [f"m={medium}"]:
        raise BadDescription(f"The offer is not one of a single {_NAMES[medium]}.")
    return RTCSessionDescription(sdp=read.sdp, type="offer")


def write_answer(answer: RTCSessionDescription) -> str:
    """Return the answer as it is sent, with only the fingerprint that makes the security code."""
    lines = [
        line
        for line in answer.sdp.splitlines()
        if not line.startswith("a=fingerprint:") or line.startswith("a=fingerprint:sha-256 ")
    ]
    sdp = "\r\n".join([*lines, ""])
    return msgspec.json.encode(_Description(type="answer", sdp=sdp)).decode()


def read_candidate(text: str) -> RTCIceCandidate | None:
    """Return a candidate; ``None`` means that there are no more.

    Raises:
        BadDescription: the candidate cannot be read.
    """
    if not text:
        return None
    try:
        read = msgspec.json.decode(text, type=_Candidate)
        line = read.candidate.removeprefix("candidate:")
        if not line:
            return None
        if len(line) > _CANDIDATE_MAX:
            raise BadDescription("A candidate is too long.")
        candidate = candidate_from_sdp(line)
    except (*UNREADABLE, ValueError, AssertionError, IndexError) as error:
        raise BadDescription("A candidate cannot be read.") from error
    candidate.sdpMid = read.sdp_mid or "0"
    candidate.sdpMLineIndex = read.sdp_m_line_index
    return candidate


def configuration(servers: list[IceServer]) -> RTCConfiguration:
    """Return aiortc's form of the STUN and TURN servers."""
    return RTCConfiguration(
        iceServers=[
            RTCIceServer(
                urls=list(server.urls),
                username=server.username or None,
                credential=server.credential or None,
            )
            for server in servers
        ]
    )
