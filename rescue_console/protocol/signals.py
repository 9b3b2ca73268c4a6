"""Signals: messages between the two sides of a session that nobody keeps.

The server passes signals on and looks only at their size and kind. A WebRTC description travels as
the JSON of an RTCSessionDescriptionInit, a candidate as the JSON of an RTCIceCandidateInit (W3C
WebRTC sections 4.6.1 and 4.8.1).
"""

from enum import StrEnum

from msgspec import Struct


class SignalKind(StrEnum):
    """What a signal's body holds."""

    TYPING = "typing"
    """Somebody is writing a chat message; body empty."""
    OFFER = "offer"
    """WebRTC description, customer to technician: the side with the picture makes the offer."""
    ANSWER = "answer"
    """WebRTC description, technician to customer."""
    CANDIDATE = "candidate"
    """WebRTC candidate, both ways; an empty body marks the end of the candidates."""
    VIEW_READY = "view_ready"
    """Technician to customer: ready for an offer, or for another one."""
    VIEW_ENDED = "view_ended"
    """Either side: the picture has been stopped; body says why, for the log."""
    RECORDING = "recording"
    """Technician to customer: recording has begun or ended; body ``on`` or ``off``."""
    RELAY_READY = "relay_ready"
    """Technician to applet: ready on the relay; body is the SHA-256 fingerprint of the console's
    certificate, in hex."""
    FILES_OFFER = "files_offer"
    """WebRTC description, customer's page to technician: a connection that carries files without
    the applet, in one data channel (``protocol/page_files.py``)."""
    FILES_ANSWER = "files_answer"
    """WebRTC description, technician to customer's page."""
    FILES_CANDIDATE = "files_candidate"
    """WebRTC candidate of the connection for files, both ways; an empty body marks the end of the
    candidates."""
    FILES_READY = "files_ready"
    """Technician to customer's page: ready for a ``files_offer``, or for another one."""
    CODE_VALUE = "code_value"
    """Customer's page to technician: the page's fresh value for the security code, in hex. The
    offer has carried the commitment to it as ``commit``, the answer the console's own as
    ``value``; see ``protocol/security_code.py``."""
    FILES_ENDED = "files_ended"
    """Customer's page to technician: the connection for files has been closed."""


class Signal(Struct, kw_only=True, frozen=True):
    """One signal."""

    kind: SignalKind
    body: str = ""
