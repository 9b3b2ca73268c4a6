"""Column types that behave alike on SQLite and PostgreSQL, and the ids of rows."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

RowNumber = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the database counts up; SQLite counts only columns declared INTEGER."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as microseconds since 1970 so that both databases compare it alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn an aware datetime into microseconds."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Turn microseconds into an aware datetime in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text of limited length, without NUL characters: PostgreSQL takes none, not even to compare.

    What people type is checked before; this keeps a hostile id or mail server from more than that.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Leave NUL characters out."""
        return None if value is None else value.replace("\0", "")


class Prose(Words):
    """The same, of any length."""

    impl = Text
    cache_ok = True


def new_id(now: datetime) -> str:
    """Return a new id of 32 hexadecimal digits that sorts by the time it was made.

    Source: the field layout of a UUID version 7, RFC 9562 section 5.7 (48 bits of milliseconds,
    then random bits), without its version and variant bits.
    """
    milliseconds = (now - _EPOCH) // timedelta(milliseconds=1)
    return f"{milliseconds:012x}{secrets.token_hex(10)}"
