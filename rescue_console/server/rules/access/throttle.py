"""Counts failed guesses, so that nobody can guess passwords or PINs for long.

An attempt counts as failed from its start until it proves right, so that making many at once gets
past no limit. Counts are kept in the database: they survive a restart and span all nodes.
"""

import hashlib
import ipaddress
import math
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.domain_names import fold_address
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.clock import AHEAD, Clock
from rescue_console.server.refusals import refuse
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import attempts

WINDOW = timedelta(minutes=15)


class Bucket(NamedTuple):
    """Something that failures count against, and how many of them within WINDOW fill it."""

    name: str
    limit: int


def address_prefix(address: str) -> str:
    """Return the network that *address* counts towards: /24 for IPv4, /56 for IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    size = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network((parsed, size), strict=False))


def sign_in_buckets(email: str, address: str) -> list[Bucket]:
    """Return what a failed sign-in counts against: person in network, person, network, all."""
    person = hashlib.sha256(fold_address(email).encode()).hexdigest()[:32]
    prefix = address_prefix(address)
    return [
        Bucket(f"sign-in:{person}:{prefix}", 10),
        Bucket(f"sign-in:{person}", 50),
        Bucket(f"sign-in:{prefix}", 50),
        Bucket("sign-in", 1_000),
    ]


def pin_buckets(address: str) -> list[Bucket]:
    """Return what a wrong PIN counts against: the customer's network, and everybody."""
    return [Bucket(f"pin:{address_prefix(address)}", 20), Bucket("pin", 500)]


class Throttle:
    """Counts attempts, and refuses them when a bucket is full."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def count_attempt(self, buckets: list[Bucket]) -> list[int]:
        """Count an attempt in each of *buckets*; return what ``forgive`` needs if it was right.

        Raises:
            Refusal: ``too-many-attempts`` with the seconds to wait, when a bucket is full.
        """
        now = self._clock()
        # Checked twice, so that refused attempts do not hold up the database's writers.
        async with self._database.read() as connection:
            await _refuse_when_full(connection, buckets, now)
        async with self._database.write() as connection:
            await _refuse_when_full(connection, buckets, now)
            # What a clock that was ahead has counted would keep people out until then.
            await connection.execute(
                delete(attempts).where(
                    or_(attempts.c.at <= now - WINDOW, attempts.c.at > now + AHEAD)
                )
            )
            rows = [
                {attempts.c.bucket.key: bucket.name, attempts.c.at.key: now} for bucket in buckets
            ]
            made = await connection.execute(insert(attempts).returning(attempts.c.id), rows)
            return list(made.scalars())

    async def forgive(self, attempt: list[int]) -> None:
        """Remove an attempt that ``count_attempt`` counted, because it was right."""
        async with self._database.write() as connection:
            await connection.execute(delete(attempts).where(attempts.c.id.in_(attempt)))

    async def count(self, bucket: Bucket) -> int:
        """Return how many failures *bucket* holds now."""
        query = select(func.count()).where(
            attempts.c.bucket == bucket.name, attempts.c.at > self._clock() - WINDOW
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one()


async def _refuse_when_full(
    connection: AsyncConnection, buckets: list[Bucket], now: datetime
) -> None:
    for bucket in buckets:
        query = (
            select(attempts.c.at)
            .where(
                attempts.c.bucket == bucket.name,
                attempts.c.at > now - WINDOW,
                attempts.c.at <= now + AHEAD,
            )
            .order_by(attempts.c.at.desc())
            .offset(bucket.limit - 1)
            .limit(1)
        )
        oldest = (await connection.execute(query)).scalar()
        if oldest is not None:
            wait_s = math.ceil((oldest + WINDOW - now).total_seconds())
            raise refuse(
                ProblemWord.TOO_MANY_ATTEMPTS,
                f"Too many attempts. Wait {-(-wait_s // 60)} min and try again.",
                retry_after_s=wait_s,
            )
