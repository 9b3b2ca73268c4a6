"""Migrations: from nothing to the tables that the code knows, on both engines."""

import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.migrate import NEWEST, migrate
from rescue_console.server.storage.tables import metadata


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, metadata))


def partial_indexes(connection: Connection) -> list[dict[str, Any]]:
    found = inspect(connection).get_indexes("sessions")
    return [dict(index) for index in found if index["name"] == "uq_sessions_live_code"]


async def test_the_migrations_make_exactly_the_tables_that_the_code_knows(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate(database)
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
        [index] = await connection.run_sync(partial_indexes)
        revision = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    await database.close()
    assert revision == NEWEST
    assert index["unique"]
    assert any("where" in option for option in index["dialect_options"])


async def test_migrating_again_changes_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate(database)
    await migrate(database)
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_two_nodes_may_migrate_at_once(empty_url: str) -> None:
    nodes = [Database(empty_url), Database(empty_url)]
    await asyncio.gather(*(migrate(node) for node in nodes))
    async with nodes[0].read() as connection:
        assert await connection.run_sync(differences) == []
    for node in nodes:
        await node.close()


async def test_a_table_that_no_migration_makes_is_noticed(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate(database)
    async with database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE attempts")
    async with database.read() as connection:
        assert await connection.run_sync(differences) != []
    await database.close()


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate(database)
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="newer version"):
        await migrate(database)
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()
