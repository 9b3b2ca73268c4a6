"""The server's parts on a real database of each kind, with a company at work in it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from rescue_console.server.parts import Parts
from rescue_console.server.storage.database import Database, database_url
from rescue_console.server.storage.migrate import migrate
from tests.stage.programs import starts_programs
from tests.stage.rules.clock import StandingClock
from tests.stage.rules.company import Company, found
from tests.stage.rules.workplace import Workplace, make_parts
from tests.stage.servers.postgres import PostgresProcess, database_name
from tests.stage.servers.smtp import SmtpProcess

MakeDatabase = Callable[[Path], str]
"""Copies the company's database for the test that uses this folder; returns the copy's URL."""


@pytest.fixture(scope="session")
@starts_programs
def postgres() -> Iterator[PostgresProcess]:
    """A PostgreSQL server for the whole run; fails with a clear message if none is installed."""
    with PostgresProcess() as process:
        yield process


@pytest.fixture(scope="session")
def sqlite_company(tmp_path_factory: pytest.TempPathFactory) -> tuple[MakeDatabase, Company]:
    original = tmp_path_factory.mktemp("company")
    company = asyncio.run(_found(database_url(original), original))

    def make(folder: Path) -> str:
        shutil.copytree(original, folder, dirs_exist_ok=True)
        return database_url(folder)

    return make, company


@pytest.fixture(scope="session")
def postgresql_company(
    postgres: PostgresProcess, tmp_path_factory: pytest.TempPathFactory
) -> tuple[MakeDatabase, Company]:
    url = postgres.make_database()
    company = asyncio.run(_found(url, tmp_path_factory.mktemp("company")))
    return lambda _folder: postgres.make_database(database_name(url)), company


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.starts_programs)])
def engine(request: pytest.FixtureRequest) -> str:
    """The database engine; every test that uses one runs once on each."""
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if engine == "sqlite":
        yield database_url(tmp_path)
        return
    process: PostgresProcess = request.getfixturevalue("postgres")
    url = process.make_database()
    yield url
    process.drop_database(url)


@pytest.fixture
def company_url(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[str, Company]]:
    """The URL of a database with the company in it, and what tests must know of the company."""
    make, company = request.getfixturevalue(f"{engine}_company")
    url = make(tmp_path)
    yield url, company
    if engine == "postgresql":
        request.getfixturevalue("postgres").drop_database(url)


@pytest.fixture(scope="session")
@starts_programs
def smtp_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpProcess]:
    with SmtpProcess(tmp_path_factory.mktemp("mails")) as process:
        yield process


@pytest.fixture
def smtp(smtp_process: SmtpProcess) -> SmtpProcess:
    """A mail server that has no special demands and has received nothing yet."""
    smtp_process.reset()
    return smtp_process


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
async def work(
    company_url: tuple[str, Company], clock: StandingClock, tmp_path: Path
) -> AsyncIterator[Workplace]:
    """The first node of the server."""
    url, company = company_url
    database = Database(url)
    yield Workplace(make_parts(database, clock, tmp_path), clock, company)
    await database.close()


@pytest.fixture
def parts(work: Workplace) -> Parts:
    return work.parts


@pytest.fixture
async def other_node(
    work: Workplace, company_url: tuple[str, Company], clock: StandingClock, tmp_path: Path
) -> AsyncIterator[Parts]:
    """Another server process on the same database, or the same one started again."""
    database = Database(company_url[0])
    yield make_parts(database, clock, tmp_path)
    await database.close()


async def _found(url: str, folder: Path) -> Company:
    database = Database(url)
    try:
        await migrate(database)
        return await found(make_parts(database, StandingClock(), folder))
    finally:
        await database.close()
