"""Transactions on both engines: all or nothing, one writer at a time, errors in plain words."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from rescue_console.server.storage import database as module
from rescue_console.server.storage.database import (
    Database,
    StorageBusy,
    StorageError,
    StorageFull,
    database_url,
)
from rescue_console.server.storage.migrate import migrate
from rescue_console.server.storage.tables import groups
from tests.stage.servers.postgres import PostgresProcess


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_url)
    await migrate(opened)
    yield opened
    await opened.close()


async def add(database: Database, name: str, **more: object) -> None:
    values = {"id": name, "name": name, "permissions": {}, "settings": {}, **more}
    async with database.write() as connection:
        await connection.execute(insert(groups).values(**values))


async def names(database: Database) -> list[str]:
    async with database.read() as connection:
        rows = await connection.execute(select(groups.c.name).order_by(groups.c.name))
        return list(rows.scalars())


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.write() as connection:
            await connection.execute(
                insert(groups).values(id="a", name="a", permissions={}, settings={})
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    await add(database, "b")
    assert await names(database) == ["b"]


async def test_a_broken_constraint_is_reported_as_such_and_the_next_write_succeeds(
    database: Database,
) -> None:
    await add(database, "locked and busy: disk is full")
    with pytest.raises(IntegrityError):
        await add(database, "locked and busy: disk is full")
    with pytest.raises(IntegrityError):
        await add(database, "orphan", parent_id="nowhere")
    await add(database, "b")


async def test_writers_on_two_nodes_take_turns(empty_url: str, database: Database) -> None:
    other = Database(empty_url)
    await add(database, "count", settings={"n": 0})

    async def count_up(node: Database) -> None:
        async with node.write() as connection:
            query = select(groups.c.settings).where(groups.c.id == "count")
            number = (await connection.execute(query)).scalar_one()["n"]
            assert isinstance(number, int)
            await connection.execute(
                update(groups).where(groups.c.id == "count").values(settings={"n": number + 1})
            )

    await asyncio.gather(*(count_up(node) for node in [database, other] * 10))
    async with database.read() as connection:
        settings = (await connection.execute(select(groups.c.settings))).scalar_one()
    await other.close()
    assert settings == {"n": 20}


async def test_readers_do_not_wait_for_a_writer(empty_url: str, database: Database) -> None:
    other = Database(empty_url)
    async with database.write() as connection:
        await connection.execute(
            insert(groups).values(id="a", name="a", permissions={}, settings={})
        )
        assert await names(database) == []
        assert await names(other) == []
    assert await names(other) == ["a"]
    await other.close()


async def test_a_database_that_another_node_keeps_locked_is_busy(
    empty_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOCK_WAIT_S", 0.2)
    other = Database(empty_url)
    async with database.write():
        with pytest.raises(StorageBusy, match="busy, so nothing was saved"):
            await add(other, "a")
    await add(other, "b")
    await other.close()
    assert await names(database) == ["b"]


async def test_nul_characters_are_left_out_on_both_engines(database: Database) -> None:
    await add(database, "a\0b")
    assert await names(database) == ["ab"]
    async with database.read() as connection:
        query = select(groups.c.id).where(groups.c.id == "ab\0")
        assert (await connection.execute(query)).scalar() == "ab"


POINTS = (
    *("checkout", "begin", "before_cursor_execute", "after_cursor_execute", "commit", "rollback"),
    "checkin",
)
"""SQLAlchemy's events in the course of a transaction."""


async def cut_off(database: Database, name: str, point: int, *, again: bool) -> bool:
    """Cancel a task that adds two groups when it reaches *point*; tell whether it got there.

    Args:
        database: Where the groups are added.
        name: What the names of the groups begin with.
        point: How many events of a transaction come before the cancellation.
        again: Whether the task is cancelled again and again until it has ended.
    """
    engine = database._engine.sync_engine
    loop = asyncio.get_running_loop()
    reached = 0

    def reach(*_: object) -> None:
        nonlocal reached
        if reached == point:
            cut()
        reached += 1

    def cut() -> None:
        if not victim.done():
            victim.cancel()
            if again:
                loop.call_soon(cut)

    async def add_two() -> None:
        async with database.write() as connection:
            for each in (f"{name} 1", f"{name} 2"):
                values = {"id": each, "name": each, "permissions": {}, "settings": {}}
                await connection.execute(insert(groups).values(values))

    victim = loop.create_task(add_two())
    for kind in POINTS:
        event.listen(engine, kind, reach)
    try:
        await asyncio.wait((victim,))
    finally:
        for kind in POINTS:
            event.remove(engine, kind, reach)
    assert victim.cancelled() == (reached > point)
    return reached > point


@pytest.mark.parametrize("again", [False, True], ids=["once", "again"])
async def test_a_write_cancelled_at_any_point_leaves_all_or_nothing_and_blocks_nobody(
    database: Database, again: bool
) -> None:
    point, kept = 0, 0
    while await cut_off(database, f"cut {point}", point, again=again):
        async with asyncio.timeout(30):
            await add(database, f"next {point}")
        found = [name for name in await names(database) if name.startswith(f"cut {point} ")]
        assert len(found) in (0, 2)
        kept += bool(found)
        point += 1
    # At the last two points, commit and return of the connection, it was too late to cancel.
    assert point >= 8
    assert kept == 2
    async with asyncio.timeout(30):
        await asyncio.gather(*(names(database) for _ in range(20)))


async def test_many_more_readers_than_connections_all_get_their_turn(database: Database) -> None:
    await add(database, "a")
    answers = await asyncio.gather(*(names(database) for _ in range(60)))
    assert answers == [["a"]] * 60


async def test_sqlite_writes_ahead_to_a_log_and_keeps_every_commit(tmp_path: Path) -> None:
    database = Database(database_url(tmp_path))
    async with database.read() as connection:
        pragmas = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    await database.close()
    assert pragmas == ["wal", 2, 1]


async def test_a_full_sqlite_database_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    database = Database(database_url(tmp_path))
    await migrate(database)
    await add(database, "a")

    async def fill() -> None:
        async with database.write() as connection:
            await connection.execute(text("PRAGMA max_page_count = 1"))
            rows = [
                {"id": str(number), "name": "x" * 200, "permissions": {}, "settings": {}}
                for number in range(1_000)
            ]
            await connection.execute(insert(groups), rows)

    with pytest.raises(StorageFull, match="disk is full, so nothing was saved"):
        await fill()
    assert await names(database) == ["a"]
    await database.close()


@pytest.fixture
async def postgresql(postgres: PostgresProcess) -> AsyncIterator[Database]:
    url = postgres.make_database()
    opened = Database(url)
    yield opened
    await opened.close()
    postgres.drop_database(url)


@pytest.mark.parametrize(
    ("state", "words", "kind"),
    [
        ("53100", 'could not extend file "base/5": No space left on device', StorageFull),
        ("40P01", "deadlock detected", StorageBusy),
        ("40001", "could not serialize access", StorageBusy),
        ("55P03", "canceling statement due to lock timeout", StorageBusy),
        ("53300", "sorry, too many clients already", StorageBusy),
        ("25006", "cannot execute UPDATE in a read-only transaction", StorageError),
        ("57P01", "terminating connection due to administrator command", StorageError),
    ],
)
async def test_operational_errors_of_postgresql_are_put_in_plain_words(
    postgresql: Database, state: str, words: str, kind: type[StorageError]
) -> None:
    command = f"DO $$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = '{state}'; END $$"

    async def fail() -> None:
        async with postgresql.write() as connection:
            await connection.exec_driver_sql(command)

    with pytest.raises(StorageError) as error:
        await fail()
    assert type(error.value) is kind
    assert words not in error.value.words


async def test_a_lost_connection_is_reported_and_the_next_one_works(postgresql: Database) -> None:
    async def lose() -> None:
        async with postgresql.write() as connection:
            await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageError, match="cannot be used"):
        await lose()
    async with postgresql.write() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar() == 1


async def test_a_missing_database_is_reported_as_unusable(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    missing = Database(f"sqlite+aiosqlite:///{tmp_path / 'no' / 'folder' / 'x.sqlite3'}")
    with pytest.raises(StorageError, match="cannot be used"):
        await names(missing)
    await missing.close()
    # aiosqlite abandons its thread when a connection cannot be opened.
    for thread in set(threading.enumerate()) - before:
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)
    nobody = Database(f"postgresql://tests@/tests?host={tmp_path}")
    with pytest.raises(StorageError, match="cannot be used"):
        await names(nobody)
    await nobody.close()


async def test_a_file_that_is_not_a_database_is_reported_as_unusable(tmp_path: Path) -> None:
    (tmp_path / "rescue.sqlite3").write_bytes(b"not a database at all, " * 100)
    database = Database(database_url(tmp_path))
    with pytest.raises(StorageError, match="cannot be used"):
        await migrate(database)
    await database.close()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://user:secret@host/x", "http://host/x"])
def test_a_url_of_another_kind_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(StorageError, match="not postgresql") as error:
        Database(url)
    assert "secret" not in str(error.value)
