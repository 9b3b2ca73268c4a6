"""Passes: the keys with which one side of a customer joins beside the other.

A link or a PIN is good for one join. The applet beside the page, and the page beside the applet,
join with a pass that the side which has joined asked for: drawn at random, good for one join and
for PASS_LIFE, and worth nothing once anybody has joined in another way. A pass has the form of a
link's key, so that links, file names and requests carry it in the key's place.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.customer import Side
from rescue_console.protocol.links import LinkParts
from rescue_console.server.rules.access.codes import draw_key
from rescue_console.server.rules.access.tokens import token_hash
from rescue_console.server.storage.tables import passes, sessions

PASS_LIFE = timedelta(minutes=15)
"""As long as that of a PIN: downloading the file, scanning it and finding it take less."""

PASSES_MAX = 5
"""How many passes of a session are good for one side at a time; the oldest makes room."""

_KEPT = timedelta(days=1)
"""How long after its end a pass is kept, so that its bearer is told what became of it."""


async def issue_pass(
    connection: AsyncConnection, session_id: str, side: Side, now: datetime
) -> str:
    """Return a new pass that lets *side* into a session; forget those that ended long ago."""
    await connection.execute(delete(passes).where(passes.c.expires_at < now - _KEPT))
    own = passes.c.session_id == session_id, passes.c.side == side, passes.c.spent_at.is_(None)
    newest = select(passes.c.id).where(*own).order_by(passes.c.id.desc()).limit(PASSES_MAX - 1)
    kept = (await connection.execute(newest)).scalars().all()
    await connection.execute(delete(passes).where(*own, passes.c.id.not_in(kept)))
    key = draw_key()
    await connection.execute(
        insert(passes).values(
            {
                passes.c.key_hash: token_hash(key),
                passes.c.session_id: session_id,
                passes.c.side: side,
                passes.c.expires_at: now + PASS_LIFE,
            }
        )
    )
    return key


async def session_of_pass(
    connection: AsyncConnection, parts: LinkParts | None, side: Side
) -> str | None:
    """Return the id of the session that *parts* names by its code and a pass of it; or None.

    A pass that has been used or is too old counts, too: its bearer may know how things stand.
    """
    if parts is None:
        return None
    query = (
        select(sessions.c.id)
        .join(passes, passes.c.session_id == sessions.c.id)
        .where(
            sessions.c.code == parts.code,
            passes.c.key_hash == token_hash(parts.key),
            passes.c.side == side,
        )
    )
    return (await connection.execute(query)).scalar()


async def is_good(connection: AsyncConnection, key: str, now: datetime) -> bool:
    """Tell whether the pass *key* has neither been used nor become too old."""
    query = select(passes.c.id).where(
        passes.c.key_hash == token_hash(key),
        passes.c.spent_at.is_(None),
        passes.c.expires_at > now,
    )
    return (await connection.execute(query)).first() is not None


async def spend_passes(connection: AsyncConnection, session_id: str, now: datetime) -> None:
    """Make all passes of a session worthless: somebody has joined."""
    await connection.execute(
        update(passes)
        .where(passes.c.session_id == session_id, passes.c.spent_at.is_(None))
        .values({passes.c.spent_at: now})
    )
