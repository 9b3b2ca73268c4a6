"""Rows as the rules see them: frozen structs whose fields are named after the columns."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import ColumnElement, Executable, FromClause
from sqlalchemy.ext.asyncio import AsyncConnection

R = TypeVar("R", bound=Struct)


def columns_of(kind: type[Struct], table: FromClause) -> list[ColumnElement[object]]:
    """Return the columns of *table* that *kind* has a field for, in the order of its fields."""
    return [table.c[name] for name in kind.__struct_fields__ if name in table.c]


def make_row(kind: type[R], values: Sequence[object], **others: object) -> R:
    """Return a struct of *values*, given in the order of its fields, and *others*, by name."""
    return kind(*values, **others)


async def read_rows(connection: AsyncConnection, kind: type[R], query: Executable) -> list[R]:
    """Run a query for the columns of *kind* and return what it finds."""
    return [make_row(kind, values) for values in await connection.execute(query)]


async def read_first(connection: AsyncConnection, kind: type[R], query: Executable) -> R | None:
    """Run a query for the columns of *kind* and return the first row, or None."""
    values = (await connection.execute(query)).first()
    return None if values is None else make_row(kind, values)
