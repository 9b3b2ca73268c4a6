"""Access and refresh tokens of sign-ins, stored only as hashes."""

import hashlib
import secrets
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import TokenPair
from rescue_console.server.storage.rows import columns_of, read_first
from rescue_console.server.storage.tables import sign_ins, technicians, tokens

ACCESS_LIFE = timedelta(minutes=15)
REFRESH_LIFE = timedelta(days=30)
REFRESH_GRACE = timedelta(seconds=60)
"""How long a spent refresh token still works: the answer that carried its successor may have been
lost. A token that is used later than that, or when its successor has been used, counts as stolen,
and its sign-in ends."""


def token_hash(token: str) -> str:
    """Return a token as it is stored; a plain hash is enough for its 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


class TokenRow(Struct, frozen=True):
    """A stored token, followed by the technician whose sign-in it belongs to."""

    token_hash: str
    sign_in_id: str
    expires_at: datetime
    spent_at: datetime | None
    id: str
    name: str
    email: str
    group_id: str
    administrator: bool
    mobile_module: bool
    away_since: datetime | None

    def is_stolen(self, now: datetime) -> bool:
        """Tell whether the token was spent so long ago that somebody else must hold a copy."""
        return self.spent_at is not None and now - self.spent_at > REFRESH_GRACE


async def find_token(
    connection: AsyncConnection, token: str, kind: str, now: datetime
) -> TokenRow | None:
    """Return a token of that kind that is still good, or None."""
    query = (
        select(*columns_of(TokenRow, tokens), *columns_of(TokenRow, technicians))
        .join(sign_ins, sign_ins.c.id == tokens.c.sign_in_id)
        .join(technicians, technicians.c.id == sign_ins.c.technician_id)
        .where(
            tokens.c.token_hash == token_hash(token),
            tokens.c.kind == kind,
            tokens.c.expires_at > now,
            sign_ins.c.ended_at.is_(None),
            technicians.c.enabled,
        )
    )
    return await read_first(connection, TokenRow, query)


async def issue(connection: AsyncConnection, sign_in_id: str, now: datetime) -> TokenPair:
    """Make an access token and a refresh token for a sign-in."""
    access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    await connection.execute(
        insert(tokens),
        [
            {
                tokens.c.token_hash.key: token_hash(token),
                tokens.c.sign_in_id.key: sign_in_id,
                tokens.c.kind.key: kind,
                tokens.c.expires_at.key: now + life,
            }
            for token, kind, life in (
                (access, "access", ACCESS_LIFE),
                (refresh, "refresh", REFRESH_LIFE),
            )
        ],
    )
    return TokenPair(
        access_token=access,
        expires_in=int(ACCESS_LIFE.total_seconds()),
        refresh_token=refresh,
    )


async def spend(connection: AsyncConnection, row: TokenRow, now: datetime) -> None:
    """Spend a refresh token.

    It arrived, so nobody needs those before it or beside it any longer. Beside it there is one if
    an answer was lost, or if somebody holds a copy: only one of the two can go on.
    """
    without_grace = now - REFRESH_GRACE - timedelta(seconds=1)
    await connection.execute(
        update(tokens)
        .where(
            tokens.c.sign_in_id == row.sign_in_id,
            tokens.c.kind == "refresh",
            tokens.c.token_hash != row.token_hash,
            or_(tokens.c.spent_at.is_(None), tokens.c.spent_at > without_grace),
        )
        .values({tokens.c.spent_at: without_grace})
    )
    await connection.execute(
        update(tokens).where(tokens.c.token_hash == row.token_hash).values({tokens.c.spent_at: now})
    )
