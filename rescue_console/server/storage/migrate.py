"""Brings the tables of a database to their newest version, or makes them."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from rescue_console.server.storage.database import Database, StorageError, plain_error
from rescue_console.server.storage.tables import metadata

NEWEST = "0016"
"""The revision of the newest migration. A database that has it is left as it is, without loading
Alembic, which would cost every start of the server a third of a second and 12 MB."""


_WRONG_TABLES = (
    "The tables in the database are not those of the version that it says it has ({}). "
    "Put a backup in its place."
)


async def migrate(database: Database) -> None:
    """Run every migration that *database* has not had yet, in one transaction.

    Raises:
        StorageError: a newer version of the server made the database, or its tables are not those
            of the version that it claims to have; or see Database.write.
    """
    async with database.read() as connection:
        revision = await connection.run_sync(_revision)
    if revision != NEWEST:
        async with database.write() as connection:
            await connection.run_sync(_upgrade, revision)
    async with database.read() as connection:
        await connection.run_sync(_check_tables)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, revision: str | None) -> None:
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
            f"The database was made by a newer version of this server ({revision}). "
            "Install that version again."
        ) from error
    except (OperationalError, ProgrammingError) as error:
        if plain_error(error) is not None:
            raise  # the disk, the connection: nothing that the tables are to blame for
        raise StorageError(_WRONG_TABLES.format(revision or "none")) from error


def _check_tables(connection: Connection) -> None:
    """Make sure that every table and column is there that the code knows.

    Raises:
        StorageError: something is missing, whatever revision the database says it has.
    """
    found = {
        name: {column["name"] for column in columns}
        for (_, name), columns in inspect(connection).get_multi_columns().items()
    }
    for table in metadata.tables.values():
        if not {column.name for column in table.columns} <= found.get(table.name, set()):
            raise StorageError(_WRONG_TABLES.format(NEWEST))
