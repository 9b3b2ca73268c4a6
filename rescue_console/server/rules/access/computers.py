"""The computers of consoles: a console is known by its sign-in, and tells its computer's name."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.limits import COMPUTER_MAX
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import sign_ins


async def note_computer(database: Database, sign_in_id: str, computer: str) -> None:
    """Keep the name that a console has told.

    Raises:
        StorageError: see Database.write.
    """
    name = line(computer, COMPUTER_MAX)
    async with database.read() as connection:
        if await computer_of(connection, sign_in_id) == name:
            return
    async with database.write() as connection:
        await connection.execute(
            update(sign_ins).where(sign_ins.c.id == sign_in_id).values({sign_ins.c.computer: name})
        )


async def computer_of(connection: AsyncConnection, sign_in_id: str) -> str | None:
    """Return the name of a console's computer; ``None`` if it has never told one."""
    query = select(sign_ins.c.computer).where(sign_ins.c.id == sign_in_id)
    return (await connection.execute(query)).scalar()


async def has_ended(connection: AsyncConnection, sign_in_id: str) -> bool:
    """Tell whether a sign-in has ended, or is not known any more."""
    query = select(sign_ins.c.id).where(sign_ins.c.id == sign_in_id, sign_ins.c.ended_at.is_(None))
    return (await connection.execute(query)).first() is None
