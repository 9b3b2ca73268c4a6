"""What passes between the two sides of a session without being kept.

The server hands signals on and looks only at their size and kind. A WebRTC description travels as
the JSON of an RTCSessionDescriptionInit, a candidate as that of an RTCIceCandidateInit (W3C WebRTC
sections 4.6.1 and 4.8.1).
"""

from enum import StrEnum

from msgspec import Struct


class SignalKind(StrEnum):
    """What a signal's body holds."""

    TYPING = "typing"
    """Somebody is writing; body empty."""
    OFFER = "offer"
    """WebRTC description, customer to technician: the customer's side has the picture."""
    ANSWER = "answer"
    """WebRTC description, technician to customer."""
    CANDIDATE = "candidate"
    """WebRTC candidate, both ways; an empty body ends the candidates."""
    VIEW_READY = "view_ready"
    """Technician to customer: ready for an offer (again)."""
    VIEW_ENDED = "view_ended"
    """Either side: the picture has been stopped; body says why, for the log."""
    RECORDING = "recording"
    """Technician to customer: body ``on`` or ``off``."""
    RELAY_READY = "relay_ready"
    """Technician to applet: body is the SHA-256 fingerprint of the desktop's certificate, hex."""
    FILES_OFFER = "files_offer"
    """WebRTC description, customer's page to technician: a connection for files without the applet,
    of one data channel (``protocol/page_files.py``)."""
    FILES_ANSWER = "files_answer"
    """WebRTC description, technician to customer's page."""
    FILES_CANDIDATE = "files_candidate"
    """WebRTC candidate of that connection, both ways; an empty body ends the candidates."""
    FILES_READY = "files_ready"
    """Technician to customer's page: ready for such an offer (again)."""
    FILES_ENDED = "files_ended"
    """Customer's page to technician: the connection for files has been closed."""


class Signal(Struct, kw_only=True, frozen=True):
    """One signal."""

    kind: SignalKind
    body: str = ""
