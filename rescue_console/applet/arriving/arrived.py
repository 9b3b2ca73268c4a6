"""The session that the applet has joined, and how it remembers that session over a restart."""

import asyncio
import ssl
from dataclasses import dataclass

from rescue_console.applet.returning.way_back import WayBack
from rescue_console.network.server_address import ServerAddress
from rescue_console.network.tls import tls_context
from rescue_console.protocol.customer import AppletJoined
from rescue_console.protocol.powers import Power


@dataclass(frozen=True)
class Arrived:
    """The session that the applet is in, and how its server is reached."""

    server: ServerAddress
    tls: ssl.SSLContext | None
    joined: AppletJoined


async def arrive_by(way_back: WayBack) -> Arrived:
    """Return the session that the applet was in before the restart; its token is still valid."""
    server = way_back.server
    tls = await asyncio.to_thread(tls_context) if server.secure else None
    joined = AppletJoined(
        token=way_back.token,
        session_id=way_back.session_id,
        technician=way_back.technician,
        organization=way_back.organization,
    )
    return Arrived(server, tls, joined)


def way_back_into(
    arrived: Arrived, *, technician: str, powers: list[Power], pin: str, written_at: float
) -> WayBack:
    """Return what ``arrive_by`` needs to come back to *arrived*."""
    joined = arrived.joined
    return WayBack(
        server_url=arrived.server.url,
        session_id=joined.session_id,
        token=joined.token,
        technician=technician,
        organization=joined.organization,
        powers=powers,
        pin=pin,
        written_at=written_at,
    )
