"""Readiness: asked by many, tried to write by few."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from rescue_console.server.routes import health
from rescue_console.server.routes.health import Readiness
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.migrate import migrate
from tests.stage.servers.postgres import PostgresProcess, database_name


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_url)
    await migrate(opened)
    yield opened
    await opened.close()


async def test_however_many_ask_it_is_written_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 0
    write = database.write

    def counted() -> object:
        nonlocal written
        written += 1
        return write()

    monkeypatch.setattr(database, "write", counted)
    readiness = Readiness(database)
    await asyncio.gather(*(readiness.check() for _ in range(20)))
    assert written == 1


@pytest.mark.starts_programs
async def test_a_database_that_can_only_be_read_is_not_ready(
    postgres: PostgresProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "WRITTEN_LATELY_S", 0.0)
    url = postgres.make_database()
    database = Database(url)
    await migrate(database)
    readiness = Readiness(database)
    await readiness.check()
    name = database_name(url)
    async with database.write() as connection:
        await connection.exec_driver_sql(
            f"ALTER DATABASE {name} SET default_transaction_read_only = on"
        )
    await database.close()
    with pytest.raises(StorageError):
        await readiness.check()
    await database.close()
    postgres.drop_database(url)
