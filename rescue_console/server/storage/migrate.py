"""Brings a database to the newest version of its tables, or makes them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from rescue_console.server.storage.database import Database


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> None:
    """Run every migration that *database* has not had yet, in one transaction.

    Raises:
        StorageError: see Database.write.
    """
    async with database.write() as connection:
        await connection.run_sync(lambda sync: command.upgrade(_config(sync), "head"))
