"""One database, two engines: SQLite in WAL mode by default, PostgreSQL when given its URL.

A transaction either reads or writes. Writing ones follow one another, on both engines and across
all nodes: on SQLite a writing transaction takes the write lock at its start (``BEGIN IMMEDIATE``),
on PostgreSQL an advisory lock. So what a rule has read stays true until it commits, nothing can
deadlock or fail half-way because another wrote in between, and events are numbered in the order of
commits. Keep writing transactions short: never wait for anything but the database in one.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

LOCK_WAIT_S = 5.0
"""How long a writer waits for another node before it gives up with StorageBusy."""

_WRITERS_LOCK = 7_236_114
"""PostgreSQL's advisory lock that a writing transaction holds from its start to its commit."""


class StorageError(Exception):
    """The database cannot do what was asked; the message can be shown to a person."""


class StorageBusy(StorageError):
    """Another program holds the database; trying again later helps."""


class StorageFull(StorageError):
    """The disk is full; somebody must make room."""


def database_url(data_folder: Path) -> str:
    """Return the URL of the SQLite database in *data_folder*."""
    return f"sqlite+aiosqlite:///{data_folder / 'rescue.sqlite3'}"


class Database:
    """Opens transactions. Close it when the server stops."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._engine = create_async_engine(
                parsed.set(drivername="sqlite+aiosqlite"),
                connect_args={"timeout": LOCK_WAIT_S},
                pool_size=5,
                max_overflow=0,
            )
            _prepare_sqlite(self._engine)
        else:
            self._engine = create_async_engine(
                parsed.set(drivername="postgresql+psycopg"), pool_size=10, pool_pre_ping=True
            )
            _prepare_postgresql(self._engine)
        self._write_lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that only reads.

        Raises:
            StorageBusy: the database did not answer.
        """
        with _plain_errors():
            async with self._engine.connect() as connection, connection.begin():
                yield connection

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that may write; it is committed when the block ends well.

        Raises:
            StorageBusy: another program kept the write lock for LOCK_WAIT_S, or the database did
                not answer; nothing of the transaction is kept.
            StorageFull: the disk is full; nothing of the transaction is kept.
        """
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(_plain_errors())
            # Within one node writers queue up here, where they keep no connection from readers.
            await stack.enter_async_context(self._write_lock)
            connection = await stack.enter_async_context(self._engine.connect())
            await connection.execution_options(rescue_writes=True)
            await stack.enter_async_context(connection.begin())
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _prepare_sqlite(engine: AsyncEngine) -> None:
    # Source: SQLAlchemy's documentation of the SQLite dialect, on transactional DDL and savepoints:
    # the driver's own BEGIN is switched off and replaced by ours.
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("rescue_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        if connection.get_execution_options().get("rescue_writes", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_WAIT_S * 1_000:.0f}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


@contextlib.contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except NoFreeConnection as error:
        raise _busy() from error
    except (OperationalError, InterfaceError) as error:
        plain = _plain_error(error)
        if plain is None:
            raise
        raise plain from error


def _plain_error(error: OperationalError | InterfaceError) -> StorageError | None:
    """Return what to raise in place of *error*; None when it is a bug of ours."""
    words = str(error.orig).lower()
    if "disk is full" in words or "disk full" in words or "no space left" in words:
        return StorageFull(
            "The server's disk is full, so nothing was saved. Make room on it and try again."
        )
    # PostgreSQL's class of operational errors is lost connections, locks, shut-downs and limits.
    if "locked" in words or "busy" in words or type(error.orig).__module__.startswith("psycopg"):
        return _busy()
    return None


def _busy() -> StorageBusy:
    return StorageBusy(
        "The server's database is busy or does not answer, so nothing was saved. "
        "Try again in a moment."
    )
