"""Counts failed guesses, so that nobody can guess passwords or PINs for long.

An attempt counts as failed from its start until it proves right, so that making many at once gets
past no limit. Counts are kept in the database: they survive a restart and span all nodes.

A throttle must not become a weapon. What belongs to one caller, their network, is refused when it
has failed too often. What belongs to everybody, a person's account or the server, never refuses:
when it has seen too many failures, every network gets fewer tries. Whoever signed in well lately is
spared even that (``spare``).
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.domain_names import fold_address
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.clock import AHEAD, Clock
from rescue_console.server.door.addresses import network_around, read_ip_address
from rescue_console.server.refusals import refuse
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import attempts

WINDOW = timedelta(minutes=15)

UNKNOWN_NETWORK = "unknown"
"""Where everybody counts whose address cannot be read."""

SIEGE = 4
"""A shared bucket that holds this many times its limit leaves one try to each network."""


class WhenFull(Enum):
    """What a full bucket does to the next attempt."""

    REFUSE = auto()
    SLOW = auto()
    """The limits of the other buckets fall to their ``slow_limit``."""
    NOTHING = auto()
    """It only counts."""


class Bucket(NamedTuple):
    """Something that failures count against, and how many of them within WINDOW fill it.

    Attributes:
        slow_limit: The limit while a bucket that slows down is full; None = the same. Only what is
            the caller's own has one.
    """

    name: str
    limit: int
    slow_limit: int | None = None
    when_full: WhenFull = WhenFull.REFUSE


class _Limits(NamedTuple):
    """How often the network of each size may fail; ``network_around`` says whose they are."""

    ipv4_24: int
    ipv6_64: int
    ipv6_56: int
    ipv6_48: int
    ipv6_32: int
    slow: int


_PERSON = _Limits(10, 8, 10, 20, 40, slow=3)
_SIGN_IN = _Limits(50, 30, 50, 150, 300, slow=5)
_PIN = _Limits(20, 15, 20, 60, 200, slow=4)

PIN_TOTAL = Bucket("pin", 500, when_full=WhenFull.SLOW)
"""Wrong PINs of everybody. While it is full, new PINs are longer (``codes.draw_code``)."""

_SIGN_IN_TOTAL = Bucket("sign-in", 1_000, when_full=WhenFull.SLOW)
_PERSON_TOTAL = 50
_DEVICE_TRIES = 10


def address_prefix(address: str) -> str:
    """Return the network that one customer of a provider may have: /24 for IPv4, /56 for IPv6."""
    return network_around(address, ipv4_bits=24, ipv6_bits=56) or UNKNOWN_NETWORK


def own_network(address: str) -> str:
    """Return the network that only *address*'s household or office is in: the address, or a /64."""
    return network_around(address) or UNKNOWN_NETWORK


def pin_buckets(address: str) -> list[Bucket]:
    """Return what a wrong PIN counts against: the customer's networks, and everybody."""
    return [*_network_buckets("pin", address, _PIN), PIN_TOTAL]


def sign_in_buckets(email: str, address: str) -> list[Bucket]:
    """Return what a failed sign-in counts against: person in networks, person, networks, all."""
    person = f"sign-in:{_digest(fold_address(email))}"
    return [
        *_network_buckets(person, address, _PERSON),
        Bucket(person, _PERSON_TOTAL, when_full=WhenFull.SLOW),
        *_network_buckets("sign-in", address, _SIGN_IN),
        _SIGN_IN_TOTAL,
    ]


def spare(buckets: Iterable[Bucket], address: str) -> list[Bucket]:
    """Return *buckets* for *address*, whose ``own_network`` signed in well lately.

    Its own failures count as usual, other people's do it no harm, not even its neighbours'.
    """
    own, around = own_network(address), address_prefix(address)
    mine: dict[str, Bucket] = {}
    others = []
    for bucket in buckets:
        what, found, _ = bucket.name.partition(f":{around}")
        name = f"{what}:{own}" if found else bucket.name
        if bucket.slow_limit is not None:
            mine.setdefault(name, bucket._replace(name=name, slow_limit=None))
        if name != bucket.name or bucket.slow_limit is None:
            others.append(bucket._replace(when_full=WhenFull.NOTHING))
    return [*mine.values(), *others]


def device_buckets(device: str) -> list[Bucket]:
    """Return what a failed sign-in counts against on a device that this person signed in on."""
    return [Bucket(f"device:{_digest(device)}", _DEVICE_TRIES)]


class Throttle:
    """Counts attempts, and refuses them when a bucket is full."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def count_attempt(self, buckets: Sequence[Bucket]) -> list[int]:
        """Count an attempt in each of *buckets*; return what ``forgive`` needs if it was right.

        Raises:
            Refusal: ``too-many-attempts`` with the seconds to wait, when a bucket is full.
        """
        # Checked twice, so that refused attempts do not hold up the database's writers.
        async with self._database.read() as connection:
            await _refuse_when_full(connection, buckets, self._clock())
        async with self._database.write() as connection:
            now = self._clock()
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


async def is_full(connection: AsyncConnection, bucket: Bucket, now: datetime) -> bool:
    """Tell whether *bucket* holds as many failures as its limit, or more."""
    return await _oldest_of(connection, bucket.name, bucket.limit, now) is not None


async def _refuse_when_full(
    connection: AsyncConnection, buckets: Sequence[Bucket], now: datetime
) -> None:
    slowing = [bucket for bucket in buckets if bucket.when_full is WhenFull.SLOW]
    slow = await _any_full(connection, slowing, now)
    siege = slow and await _any_full(
        connection, [bucket._replace(limit=bucket.limit * SIEGE) for bucket in slowing], now
    )
    for bucket in buckets:
        if bucket.when_full is not WhenFull.REFUSE:
            continue
        limit = bucket.limit
        if slow and bucket.slow_limit is not None:
            limit = 1 if siege else bucket.slow_limit
        oldest = await _oldest_of(connection, bucket.name, limit, now)
        if oldest is not None:
            wait_s = math.ceil((oldest + WINDOW - now).total_seconds())
            raise refuse(
                ProblemWord.TOO_MANY_ATTEMPTS,
                f"Too many attempts. Wait {-(-wait_s // 60)} min and try again.",
                retry_after_s=wait_s,
            )


async def _any_full(connection: AsyncConnection, buckets: Iterable[Bucket], now: datetime) -> bool:
    for bucket in buckets:
        if await is_full(connection, bucket, now):
            return True
    return False


async def _oldest_of(
    connection: AsyncConnection, name: str, limit: int, now: datetime
) -> datetime | None:
    """Return when the oldest of a bucket's *limit* newest failures was, None if it has fewer."""
    query = (
        select(attempts.c.at)
        .where(
            attempts.c.bucket == name,
            attempts.c.at > now - WINDOW,
            attempts.c.at <= now + AHEAD,
        )
        .order_by(attempts.c.at.desc())
        .offset(limit - 1)
        .limit(1)
    )
    return (await connection.execute(query)).scalar()


def _network_buckets(what: str, address: str, limits: _Limits) -> list[Bucket]:
    """Return the buckets of the networks around *address*, the narrowest first."""
    parsed = read_ip_address(address)
    if parsed is None or parsed.version == 4:
        return [Bucket(f"{what}:{address_prefix(address)}", limits.ipv4_24, limits.slow)]
    return [
        Bucket(f"{what}:{own_network(address)}", limits.ipv6_64, limits.slow),
        Bucket(f"{what}:{address_prefix(address)}", limits.ipv6_56, limits.slow),
        Bucket(f"{what}:{network_around(address, ipv6_bits=48)}", limits.ipv6_48),
        Bucket(f"{what}:{network_around(address, ipv6_bits=32)}", limits.ipv6_32),
    ]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
