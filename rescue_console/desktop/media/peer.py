"""A WebRTC connection that shows this console's own certificate."""

from collections.abc import Sequence

from aiortc import RTCCertificate, RTCPeerConnection

from rescue_console.desktop.media.certificate import Certificate
from rescue_console.desktop.media.descriptions import configuration
from rescue_console.protocol.answers import IceServer


def peer_connection(certificate: Certificate, servers: Sequence[IceServer]) -> RTCPeerConnection:
    """Return a new connection, which the caller must close."""
    made = RTCPeerConnection(configuration(list(servers)))
    # WORKAROUND https://github.com/aiortc/aiortc/blob/main/src/aiortc/rtcpeerconnection.py
    # (remove when RTCConfiguration takes certificates, as in W3C WebRTC section 4.2.1).
    made._RTCPeerConnection__certificates = [  # type: ignore[attr-defined]
        RTCCertificate(certificate.key, certificate.x509)
    ]
    return made
