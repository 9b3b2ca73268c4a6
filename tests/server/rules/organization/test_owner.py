"""The first account comes from a command, once."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest

from rescue_console.protocol.choices import Language
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.organization.owner import (
    create_owner,
    has_owner,
    prepare_local_owner,
)
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.migrate import migrate
from tests.stage.rules.clock import StandingClock
from tests.stage.rules.refused import refused


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_url)
    await migrate(opened)
    yield opened
    await opened.close()


async def make(database: Database, **facts: Any) -> None:
    wanted: dict[str, Any] = {
        "email": "ada@help.example",
        "name": "Ada",
        "password": secrets.token_hex(16),
        "organization_name": "Help",
        "language": Language("fr"),
    }
    await create_owner(database, StandingClock(), **(wanted | facts))


async def owned(database: Database) -> bool:
    async with database.read() as connection:
        return await has_owner(connection)


async def test_there_is_only_one_owner(database: Database) -> None:
    assert not await owned(database)
    await make(database)
    assert await owned(database)
    with refused(ProblemWord.ALREADY_EXISTS):
        await make(database, email="eve@help.example")


async def test_of_two_owners_made_at_once_one_remains(empty_url: str, database: Database) -> None:
    other = Database(empty_url)
    answers = await asyncio.gather(make(database), make(other), return_exceptions=True)
    await other.close()
    [refusal] = [answer for answer in answers if answer is not None]
    assert isinstance(refusal, Refusal)
    assert refusal.word == ProblemWord.ALREADY_EXISTS


@pytest.mark.parametrize(
    "facts", [{"email": "ada"}, {"name": "\0"}, {"password": "short"}, {"organization_name": ""}]
)
async def test_bad_facts_make_no_owner(database: Database, facts: dict[str, str]) -> None:
    with refused(ProblemWord.INVALID):
        await make(database, **facts)
    assert not await owned(database)


async def test_the_embedded_server_makes_its_owner_once_and_renews_the_password(
    database: Database,
) -> None:
    for _ in range(2):
        await prepare_local_owner(
            database, StandingClock(), "Ada", secrets.token_hex(16), Language("en")
        )
    assert await owned(database)


async def test_the_embedded_server_leaves_another_owners_data_alone(database: Database) -> None:
    await make(database)
    with refused(ProblemWord.ALREADY_EXISTS):
        await prepare_local_owner(
            database, StandingClock(), "Ada", secrets.token_hex(16), Language("en")
        )
