"""Messages of any kind, up to the limits that the protocol's types set."""

from typing import Any, get_args

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from rescue_console.protocol.channel import Message

HOSTILE_TEXT = '<img src="http://127.0.0.1:9/x"><a href="file:///">\u202egpj\x00\x07</a>'
SIXTY_FOUR_BITS = (-(2**63), 2**63 - 1)

TEXTS = st.one_of(
    st.sampled_from(["", HOSTILE_TEXT, "../../etc/passwd", "/etc/shadow", "C:\\x", "a/b", "é" * 9]),
    st.text(max_size=30),
)


def messages(union: Any) -> st.SearchStrategy[Message]:
    """Return a strategy for the messages of *union*."""
    return st.one_of(*map(structs, get_args(union)))


def structs(kind: type[Message]) -> st.SearchStrategy[Message]:
    """Return a strategy for the messages of one *kind*."""
    known = inspect.type_info(kind)
    assert isinstance(known, inspect.StructType)
    return _struct(known)


def _struct(known: inspect.StructType) -> st.SearchStrategy[Any]:
    fields = {field.encode_name: _values(field.type) for field in known.fields}
    return st.fixed_dictionaries(fields).map(lambda values: msgspec.convert(values, known.cls))


def _values(known: inspect.Type) -> st.SearchStrategy[Any]:
    match known:
        case inspect.StructType():
            return _struct(known)
        case inspect.StrType():
            return TEXTS.map(lambda text: text[: known.max_length])
        case inspect.IntType():
            return _numbers(known)
        case inspect.FloatType():
            return st.floats(known.ge or 0.0, known.le or 1.0)
        case inspect.BoolType():
            return st.booleans()
        case inspect.BytesType():
            return _bytes(known)
        case inspect.EnumType():
            return st.sampled_from([each.value for each in known.cls])
        case inspect.ListType():
            return st.lists(_values(known.item_type), max_size=3)
        case inspect.UnionType():
            return st.one_of(*map(_values, known.types))
        case inspect.NoneType():
            return st.none()
        case _:
            raise AssertionError(f"the protocol has a new kind of value: {known}")


def _numbers(known: inspect.IntType) -> st.SearchStrategy[int]:
    least = SIXTY_FOUR_BITS[0] if known.ge is None else known.ge
    most = SIXTY_FOUR_BITS[1] if known.le is None else known.le
    small = st.integers(max(least, 0), min(most, 6))
    return st.one_of(small, st.sampled_from([least, most]), st.integers(least, most))


def _bytes(known: inspect.BytesType) -> st.SearchStrategy[bytes]:
    least = known.min_length or 0
    return st.binary(min_size=least, max_size=min(known.max_length or 64, least + 64))
