"""Failed attempts that nobody has to make one by one."""

from sqlalchemy import insert

from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.throttle import Bucket
from rescue_console.server.storage.tables import attempts


async def fill(parts: Parts, bucket: Bucket, count: int) -> None:
    """Let *bucket* hold *count* failures more, made now."""
    row = {attempts.c.bucket.key: bucket.name, attempts.c.at.key: parts.clock()}
    async with parts.database.write() as connection:
        await connection.execute(insert(attempts), [row] * count)
