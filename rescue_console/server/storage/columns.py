"""Column types that behave alike on SQLite and PostgreSQL, and the ids of rows."""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import JSON, BigInteger, Integer, String, Text, TypedColumns
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from rescue_console.protocol.powers import Power

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_W = TypeVar("_W", bound=str)


class Columns(TypedColumns):
    """The columns of one table, each with its name and the type of its values.

    Unlike its base class, it lets the type checker find misspelt columns.
    """

    if TYPE_CHECKING:
        __getattr__: None  # type: ignore[assignment, misc]


RowNumber = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the database counts up; in SQLite only columns declared INTEGER do."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as microseconds since 1970 so that both databases compare it alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware datetime into microseconds."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn microseconds into an aware datetime in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text of limited length, without NUL characters, which PostgreSQL does not even compare.

    What people type has been checked before; this stops NULs from a hostile id or mail server.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Leave NUL characters out."""
        return None if value is None else value.replace("\0", "")


class Choice(TypeDecorator[_W]):
    """One of several words, mostly a member of an enumeration."""

    impl = String
    cache_ok = True

    def __init__(self, choose: Callable[[str], _W], length: int) -> None:
        super().__init__(length)
        self.choose = choose

    def process_bind_param(self, value: _W | None, dialect: Dialect) -> str | None:
        """Turn a member into its word."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> _W | None:
        """Turn a word into its member."""
        return None if value is None else self.choose(value)


class ByPower(TypeDecorator[dict[Power, _W]]):
    """A word for each power of a session; a power that is not in it has none."""

    impl = JSON
    cache_ok = True

    def __init__(self, choose: Callable[[str], _W]) -> None:
        super().__init__()
        self.choose = choose

    def process_bind_param(
        self, value: Mapping[Power, _W] | None, dialect: Dialect
    ) -> dict[str, str] | None:
        """Turn powers and members into their words."""
        if value is None:
            return None
        return {power.value: str(word) for power, word in value.items()}

    def process_result_value(
        self, value: dict[str, str] | None, dialect: Dialect
    ) -> dict[Power, _W] | None:
        """Turn words into powers and members."""
        if value is None:
            return None
        return {Power(power): self.choose(word) for power, word in value.items()}


class Prose(Words):
    """Text of any length, without NUL characters."""

    impl = Text
    cache_ok = True


def new_id(now: datetime) -> str:
    """Return a new id of 32 hexadecimal digits that sorts by the time it was made.

    Source: the field layout of a UUID version 7, RFC 9562 section 5.7 (48 bits of milliseconds,
    then random bits), without its version and variant bits.
    """
    milliseconds = (now - _EPOCH) // timedelta(milliseconds=1)
    return f"{milliseconds:012x}{secrets.token_hex(10)}"
