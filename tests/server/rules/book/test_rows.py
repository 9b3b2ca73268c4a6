"""The rows that rules read and write hold what the tables hold."""

import ast
from inspect import get_annotations
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from msgspec import Struct

from rescue_console.server import rules
from rescue_console.server.rules.access.tokens import TokenRow
from rescue_console.server.rules.book.rows import EmailRow, SessionChanges, SessionRow
from rescue_console.server.rules.organization.groups import GroupChanges
from rescue_console.server.rules.organization.organization import OrganizationChanges
from rescue_console.server.rules.organization.technicians import TechnicianChanges, TechnicianRow
from rescue_console.server.rules.post.rows import QueuedMail, Settled
from rescue_console.server.storage.columns import Columns
from rescue_console.server.storage.tables import (
    EmailColumns,
    GroupColumns,
    OrganizationColumns,
    SessionColumns,
    TechnicianColumns,
    TokenColumns,
)

RULES = [Path(file) for folder in rules.__path__ for file in Path(folder).rglob("*.py")]


def types_of(*tables: type[Columns]) -> dict[str, object]:
    """Return the type of each column of *tables*, by its name."""
    return {
        name: get_args(held)[0] for table in tables for name, held in get_annotations(table).items()
    }


@pytest.mark.parametrize(
    ("kind", "tables"),
    [
        (SessionRow, [SessionColumns]),
        (EmailRow, [EmailColumns]),
        (QueuedMail, [EmailColumns]),
        (TechnicianRow, [TechnicianColumns]),
        (TokenRow, [TechnicianColumns, TokenColumns]),
        (SessionChanges, [SessionColumns]),
        (Settled, [EmailColumns]),
        (TechnicianChanges, [TechnicianColumns]),
        (GroupChanges, [GroupColumns]),
        (OrganizationChanges, [OrganizationColumns]),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_row_has_the_types_of_its_columns(kind: type, tables: list[type[Columns]]) -> None:
    held = types_of(*tables)
    wanted = get_type_hints(kind)
    if kind is SessionRow:
        del wanted["names"], wanted["email"]
        assert wanted.keys() == held.keys()
    if kind is GroupChanges:
        wanted["parent_id"] |= None  # only the topmost group has none, and it stays there
    assert wanted == {name: held[name] for name in wanted}


@pytest.mark.parametrize("kind", [SessionRow, EmailRow, QueuedMail, TechnicianRow, TokenRow])
def test_a_row_cannot_be_changed(kind: type[Struct]) -> None:
    assert kind.__struct_config__.frozen


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_rules_leave_no_type_open_and_write_only_columns_that_are_checked(file: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = [keyword.arg for keyword in node.keywords if keyword.arg]
            assert node.func.attr != "values" or not named, f"line {node.lineno}: {named}"
    assert not names & {"Any", "cast", "Row"}
