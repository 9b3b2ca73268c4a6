"""The devices and networks where somebody signed in lately: the throttle spares them."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server.rules.access.throttle import UNKNOWN_NETWORK, own_network
from rescue_console.server.rules.access.tokens import token_hash
from rescue_console.server.storage.tables import sign_ins, technicians

DEVICE_LIFE = timedelta(days=90)
"""How long a device is known after a sign-in on it."""
GOOD_NETWORK_LIFE = timedelta(days=30)
"""How long a network is spared after somebody's sign-in was made or renewed there."""


async def note_network(
    connection: AsyncConnection, sign_in_id: str, address: str, now: datetime
) -> None:
    """Note that a sign-in was made or renewed from *address*."""
    network = own_network(address)
    if network == UNKNOWN_NETWORK:
        return
    await connection.execute(
        update(sign_ins)
        .where(sign_ins.c.id == sign_in_id)
        .values({sign_ins.c.network: network, sign_ins.c.network_at: now})
    )


async def forget_places(connection: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Forget the devices and networks of sign-ins: whoever was there is not spared any longer."""
    places = (sign_ins.c.network, sign_ins.c.network_at, sign_ins.c.device_hash)
    await connection.execute(update(sign_ins).where(which).values(dict.fromkeys(places)))


async def knows_device(
    connection: AsyncConnection, email_folded: str, device: str, now: datetime
) -> bool:
    """Tell whether the person signed in on the device lately; they may have signed out since."""
    query = (
        select(sign_ins.c.id)
        .join(technicians, technicians.c.id == sign_ins.c.technician_id)
        .where(
            technicians.c.email_folded == email_folded,
            sign_ins.c.device_hash == token_hash(device),
            sign_ins.c.created_at > now - DEVICE_LIFE,
        )
        .limit(1)
    )
    return (await connection.execute(query)).first() is not None


async def knows_network(
    connection: AsyncConnection, email_folded: str, network: str, now: datetime
) -> bool:
    """Tell whether a sign-in of the person was made or renewed in *network* lately."""
    query = (
        select(sign_ins.c.id)
        .join(technicians, technicians.c.id == sign_ins.c.technician_id)
        .where(
            technicians.c.email_folded == email_folded,
            sign_ins.c.network == network,
            sign_ins.c.network_at > now - GOOD_NETWORK_LIFE,
        )
        .limit(1)
    )
    return (await connection.execute(query)).first() is not None
