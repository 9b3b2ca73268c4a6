"""One database, two engines: SQLite in WAL mode by default, PostgreSQL when given its URL.

A transaction either reads or writes. Writing transactions run one after another, on both engines
and across all nodes: on SQLite each acquires the write lock at its start (``BEGIN IMMEDIATE``), on
PostgreSQL an advisory lock. So what a rule has read stays true until it commits, nothing can
deadlock or fail halfway because of another writer, and events are numbered in the order of commits.
Keep writing transactions short: inside one, wait for nothing but the database. A cancellation takes
effect between two statements, and the transaction is then rolled back.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from rescue_console.server.data_folder import DATABASE, check_ours_and_closed, database_files
from rescue_console.server.storage.uncut import UncutConnection, uncut

LOCK_WAIT_S = 5.0
"""How long a writer waits for another node before it gives up with StorageBusy."""

_WRITERS_LOCK = 7_236_114
"""PostgreSQL's advisory lock that a writing transaction holds from its start to its commit."""

_SQLITE_SIGNS = ("unable to open", "readonly", "i/o error", "not a database", "malformed")
"""What SQLite says when its file is missing, not writable, damaged or not a database."""

_READ_ONLY_STATE = "25006"
"""PostgreSQL's read-only transaction: it is a standby, or somebody has switched writing off."""

_BUSY_STATES = ("55P03", "40P01", "40001", "53300")
"""PostgreSQL's lock not available, deadlock, serialization failure and too many connections.

Source: PostgreSQL's documentation, appendix A, error codes."""

_BUSY = "The server's database is busy, so nothing was saved. Try again in a moment."


_FULL = "The server's disk is full, so nothing was saved. Make room on it and try again."
_AWAY = "The server's database does not answer, so nothing was saved. Try again in a moment."


class StorageError(Exception):
    """The database cannot do what was asked; the message is for whoever looks after the server."""

    @property
    def words(self) -> str:
        """What to tell whoever asks: the message may name the database's address."""
        return _AWAY


class StorageBusy(StorageError):
    """Another program holds the database; trying again later helps."""

    @property
    def words(self) -> str:
        """The message, which names nothing."""
        return str(self)


class StorageFull(StorageError):
    """The disk is full; somebody must make room."""

    @property
    def words(self) -> str:
        """What to tell whoever asks: the message may name a folder."""
        return _FULL


def database_url(data_folder: Path) -> str:
    """Return the URL of the SQLite database in *data_folder*."""
    return f"sqlite+aiosqlite:///{data_folder / DATABASE}"


class Database:
    """Opens transactions. Close it when the server stops.

    Attributes:
        at_write: Called at the start of each writing transaction, before any other can write.

    Raises:
        StorageError: the URL is not one of SQLite's or PostgreSQL's.
        NotOurs, TooOpen: the files of SQLite belong to somebody else.
    """

    def __init__(self, url: str) -> None:
        parsed = _read_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            check_ours_and_closed(database_files(Path(parsed.database or ":memory:")))
            self._engine = create_async_engine(
                parsed.set(drivername="sqlite+aiosqlite"),
                connect_args={"timeout": LOCK_WAIT_S},
                pool_size=5,
                max_overflow=0,
                hide_parameters=True,
            )
            _prepare_sqlite(self._engine)
        else:
            self._engine = create_async_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_size=10,
                pool_pre_ping=True,
                hide_parameters=True,
            )
            _prepare_postgresql(self._engine)
        self.at_write: Callable[[AsyncConnection], Awaitable[None]] | None = None
        self._write_lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that only reads.

        Raises:
            StorageError: the database did not answer.
        """
        with _plain_errors():
            async with self._transaction() as connection:
                yield connection

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that may write; it is committed if the block succeeds.

        Raises:
            StorageBusy: another program kept the write lock for LOCK_WAIT_S.
            StorageFull: the disk is full.
            StorageError: the database does not answer. Nothing of the transaction is kept.
        """
        with _plain_errors():
            # Writers of one node queue up here, where they hold no connection that readers need.
            async with self._write_lock, self._transaction(writes=True) as connection:
                if self.at_write:
                    await self.at_write(connection)
                yield connection

    @contextlib.asynccontextmanager
    async def _transaction(self, *, writes: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that is committed or rolled back even if the caller is cancelled."""
        connection = UncutConnection(self._engine)
        try:
            await uncut(_begin(connection, writes=writes))
            yield connection
            await uncut(connection.commit())
        finally:
            await uncut(_close(connection))

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _begin(connection: AsyncConnection, *, writes: bool) -> None:
    await connection.start()
    await connection.execution_options(rescue_writes=writes)
    await connection.begin()


async def _close(connection: AsyncConnection) -> None:
    """Return a connection to the pool, if it was opened; roll back what is not committed."""
    if connection.sync_connection is not None:
        await connection.close()


def _read_url(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        # Not quoted: it may hold a password.
        raise StorageError("The database URL is not postgresql://USER@HOST/NAME.")
    return parsed


def _prepare_sqlite(engine: AsyncEngine) -> None:
    # Source: SQLAlchemy's documentation of the SQLite dialect, on transactional DDL and savepoints:
    # the driver's own BEGIN is switched off and replaced by ours.
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA foreign_keys = ON")
        except sqlite3.Error:
            connection.close()  # the pool forgets it, but its thread would live on
            raise
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("rescue_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("rescue_writes", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_WAIT_S * 1_000:.0f}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


@contextlib.contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except NoFreeConnection as error:
        raise StorageBusy(_BUSY) from error
    except DBAPIError as error:
        plain = plain_error(error)
        if plain is None:
            raise
        raise plain from error


def plain_error(error: DBAPIError) -> StorageError | None:
    """Return what to raise in place of *error*; None for a bug or a broken constraint."""
    if isinstance(error, IntegrityError):
        return None  # its message quotes values, which may contain any of the words below
    words = str(error.orig).lower()
    if "disk is full" in words or "disk full" in words or "no space left" in words:
        return StorageFull(_FULL)
    state = getattr(error.orig, "sqlstate", None)
    if state in _BUSY_STATES or (state is None and ("locked" in words or "busy" in words)):
        return StorageBusy(_BUSY)
    if state == _READ_ONLY_STATE or error.connection_invalidated or _is_away(error, words):
        return StorageError(f"The server's database cannot be used: {_first_line(error)}.")
    return None


def _is_away(error: DBAPIError, words: str) -> bool:
    if hasattr(error.orig, "sqlstate"):
        # PostgreSQL's operational errors are about connections, shutdowns and limits.
        return isinstance(error, OperationalError)
    return any(sign in words for sign in _SQLITE_SIGNS)


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0].rstrip(".")
