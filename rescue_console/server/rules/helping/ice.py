"""STUN and TURN servers, with TURN credentials that expire by themselves.

Source: draft-uberti-behave-turn-rest-00 section 2.2, the scheme of coturn's ``use-auth-secret``:
user name ``expiry:name``, password the base64 of its HMAC-SHA1 with the shared secret.

A TURN server cannot ask whether a session is still active, so credentials are given only where two
sides are about to connect, and live for minutes. That is enough: coturn looks at the expiry when a
relay is made, and lets one that is in use go on; each new attempt asks for credentials of its own.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from rescue_console.protocol.answers import IceServer, IceServers, Session
from rescue_console.protocol.holder import holder
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.helping.customers import CustomerView

CREDENTIAL_LIFE: Final = timedelta(minutes=10)
"""Longer than any attempt to connect, and than two clocks that are set differ."""


class IceSettings(Struct, frozen=True):
    """The URLs of the servers, and the secret shared with the TURN servers."""

    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""


def servers_for_customer(
    settings: IceSettings, customer: CustomerView, now: datetime
) -> IceServers:
    """Return the servers for a customer's page; TURN only while a technician helps."""
    relayed = customer.status is SessionStatus.ACTIVE
    return ice_servers(settings, customer.session_id, now, relayed=relayed)


def servers_for_technician(
    settings: IceSettings, caller: Caller, session: Session, now: datetime
) -> IceServers:
    """Return the servers for a console; TURN only for whoever may signal in an active session."""
    has_it = caller.administrator or holder(session).id == caller.technician_id
    relayed = has_it and session.status is SessionStatus.ACTIVE
    return ice_servers(settings, session.id, now, relayed=relayed)


def ice_servers(
    settings: IceSettings, name: str, now: datetime, *, relayed: bool = True
) -> IceServers:
    """Return the servers for a browser or console.

    Args:
        settings: Which servers there are.
        name: Marks the credential in TURN's log, and is what its quota counts.
        now: The machine's present time, not the server's: TURN compares the credentials with it.
        relayed: Whether the TURN servers are among them.
    """
    items = [IceServer(urls=list(settings.stun_urls))] if settings.stun_urls else []
    if settings.turn_urls and relayed:
        username = f"{int((now + CREDENTIAL_LIFE).timestamp())}:{name}"
        digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
        items.append(
            IceServer(
                urls=list(settings.turn_urls),
                username=username,
                credential=base64.b64encode(digest).decode(),
            )
        )
    return IceServers(items=items, expires_in=int(CREDENTIAL_LIFE.total_seconds()))
