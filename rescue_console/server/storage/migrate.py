"""Brings the tables of a database to their newest version, or makes them."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from rescue_console.server.storage.database import Database, StorageError

NEWEST = "0007"
"""The revision of the newest migration. A database that has it is left as it is, without loading
Alembic, which would cost every start of the server a third of a second and 12 MB."""


async def migrate(database: Database) -> None:
    """Run every migration that *database* has not had yet, in one transaction.

    Raises:
        StorageError: a newer version of the server made the database; or see Database.write.
    """
    async with database.read() as connection:
        if await connection.run_sync(_revision) == NEWEST:
            return
    async with database.write() as connection:
        await connection.run_sync(_upgrade)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageError(
            "The database was made by a newer version of this server. Install that version again."
        ) from error
