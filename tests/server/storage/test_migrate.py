"""Migrations: from nothing to the tables that the code knows, on both engines."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.server import storage
from rescue_console.server.storage.database import Database, StorageError
from rescue_console.server.storage.migrate import NEWEST, migrate
from rescue_console.server.storage.tables import (
    chat_totals,
    groups,
    metadata,
    organization,
    technicians,
)


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


EARLIER_GROUPS = {
    "1": {"mail_text_fr": "Ici : {link}", "mail_subject_en": "Help", "idle_minutes": 5},
    "2": {"mail_text_fr": "Là : {link}", "mail_text_en": "There: {link}"},
    "3": {},
}
"""Settings of groups as version 0.1 stored them, by group id."""
GROUPS = {
    "1": {"mail_text": {"fr": "Ici : {link}"}, "mail_subject": {"en": "Help"}, "idle_minutes": 5},
    "2": {"mail_text": {"fr": "Là : {link}", "en": "There: {link}"}},
    "3": {},
}
"""The same settings as they are stored now."""


def alembic(connection: Connection, direction: Callable[[Config, str], None], to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    direction(config, to)


async def kept_settings(database: Database) -> dict[str, object]:
    async with database.read() as connection:
        rows = await connection.execute(select(groups.c.id, groups.c.settings))
        return {row.id: row.settings for row in rows}


async def keep(database: Database, settings: Mapping[str, object], language: str) -> None:
    async with database.write() as connection:
        for group_id, own in settings.items():
            values = {"id": group_id, "name": "North", "permissions": {}, "settings": own}
            await connection.execute(groups.insert().values(**values))
        now = datetime(2026, 11, 23, tzinfo=UTC)
        made = {"id": 1, "name": "Example Help", "language": language, "created_at": now}
        await connection.execute(organization.insert().values(**made))


async def test_templates_are_kept_when_a_database_of_version_0_1_is_migrated(
    empty_url: str,
) -> None:
    database = Database(empty_url)
    async with database.write() as connection:
        await connection.run_sync(alembic, command.upgrade, "0005")
    await keep(database, EARLIER_GROUPS, "fr")
    await migrate(database)
    assert await kept_settings(database) == GROUPS
    await database.close()


async def test_going_back_keeps_what_the_earlier_version_can_read(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate(database)
    german = {"4": {"mail_text": {"de": "Hier: {link}", "fr": "Ici : {link}"}}}
    await keep(database, GROUPS | german, "de")
    async with database.write() as connection:
        await connection.run_sync(alembic, command.downgrade, "0005")
    kept = await kept_settings(database)
    assert kept == EARLIER_GROUPS | {"4": {"mail_text_fr": "Ici : {link}"}}
    async with database.read() as connection:
        language = (await connection.execute(select(organization.c.language))).scalar_one()
    await database.close()
    assert language == "en"


EARLIER_ADDRESSES = {
    "1": ("anna@straße.example", "anna@strasse.example"),
    "2": ("Anna@help.example", "anna@help.example"),
    "3": ("ben@Bücher.example", "ben@bücher.example"),
    "4": ("ben@bu\u0308cher.example", "ben@bu\u0308cher.example"),
    "5": ("zoe@❤.example", "zoe@❤.example"),
}
"""Technicians' addresses and how version 0.2 folded them, by the technicians' ids."""


async def test_addresses_are_folded_by_idna_2008_and_back(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.write() as connection:
        await connection.run_sync(alembic, command.upgrade, "0006")
    await keep(database, {"1": {}}, "en")
    async with database.write() as connection:
        for id_, (email, folded) in EARLIER_ADDRESSES.items():
            values = {"id": id_, "email": email, "email_folded": folded, "name": "Zoé"}
            facts = {"password_hash": "-", "group_id": "1", "administrator": False}
            rest = {"mobile_module": False, "enabled": True}
            made = {"created_at": datetime(2026, 11, 23, tzinfo=UTC)}
            await connection.execute(technicians.insert().values(values | facts | rest | made))
    await migrate(database)
    assert await folded_addresses(database) == {
        "1": "anna@xn--strae-oqa.example",
        "2": "anna@help.example",
        "3": "ben@xn--bcher-kva.example",
        "4": "ben@bu\u0308cher.example",  # the domain of "3": one of them must change theirs
        "5": "zoe@❤.example",
    }
    async with database.write() as connection:
        await connection.run_sync(alembic, command.downgrade, "0006")
    assert await folded_addresses(database) == {
        id_: folded for id_, (_, folded) in EARLIER_ADDRESSES.items()
    }
    await database.close()


async def folded_addresses(database: Database) -> dict[str, str]:
    async with database.read() as connection:
        rows = await connection.execute(select(technicians.c.id, technicians.c.email_folded))
        return {row.id: row.email_folded for row in rows}


EARLIER_CHAT = """
    INSERT INTO chat_messages (session_id, at, technician_id, name, text, key) VALUES
    ('s1', 1, NULL, 'Jean', 'one', 'c:1'),
    ('s1', 2, 't1', 'Anna', :lines, 't:1'),
    ('s1', 3, NULL, 'Jean', :lines, 'c:2')
"""


async def test_what_has_been_said_counts_when_chats_get_limits(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.write() as connection:
        await connection.run_sync(alembic, command.upgrade, "0012")
        await without_references(connection)
        await connection.execute(text(EARLIER_CHAT).bindparams(lines="a\nb\n"))
        await connection.run_sync(alembic, command.upgrade, "0013")
        columns = chat_totals.c
        counted = select(columns.by_customer, columns.messages, columns.bytes, columns.lines)
        rows = (await connection.execute(counted)).all()
        await connection.rollback()
    await database.close()
    assert sorted(tuple(row) for row in rows) == [(False, 1, 4, 3), (True, 2, 7, 4)]


async def without_references(connection: AsyncConnection) -> None:
    """Let the rows of this transaction refer to rows that are not there."""
    if connection.dialect.name == "postgresql":
        await connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    else:
        await connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")
