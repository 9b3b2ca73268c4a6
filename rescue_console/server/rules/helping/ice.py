"""STUN and TURN servers, with TURN credentials that expire by themselves.

Source: draft-uberti-behave-turn-rest-00 section 2.2, the scheme of coturn's ``use-auth-secret``:
user name ``expiry:name``, password the base64 of its HMAC-SHA1 with the shared secret.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from msgspec import Struct

from rescue_console.protocol.answers import IceServer, IceServers

CREDENTIAL_LIFE = timedelta(hours=12)


class IceSettings(Struct, frozen=True):
    """The URLs of the servers, and the secret shared with the TURN servers."""

    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""


def ice_servers(settings: IceSettings, name: str, now: datetime) -> IceServers:
    """Return the servers for a browser or console; *name* marks the credential in TURN's log."""
    items = [IceServer(urls=list(settings.stun_urls))] if settings.stun_urls else []
    if settings.turn_urls:
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
