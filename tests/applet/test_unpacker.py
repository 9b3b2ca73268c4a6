"""Hostile bytes in the channel: random, cut short, with a false length."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescue_console.applet.consent.duty import POWERS_FOR
from rescue_console.protocol.channel import (
    MESSAGE_MAX,
    ChannelBroken,
    FromConsole,
    KeyChanged,
    Message,
    PointerMoved,
    TextTyped,
    Unpacker,
    pack,
)

MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(PointerMoved, screen=st.integers(0, 63), x=st.floats(0, 1), y=st.floats(0, 1)),
    st.builds(KeyChanged, code=st.text(max_size=32), down=st.booleans()),
    st.builds(TextTyped, text=st.text(max_size=200)),
)
NESTED = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def unpacker() -> Unpacker[Message]:
    return Unpacker(FromConsole)


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


@given(st.lists(MESSAGES, max_size=8), st.data())
def test_messages_arrive_whole_wherever_the_stream_is_cut(
    messages: list[Message], data: st.DataObject
) -> None:
    stream = b"".join(map(pack, messages))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=5)))
    reading = unpacker()
    arrived: list[Message] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        arrived += reading.feed(stream[start:end])

    assert arrived == messages


@given(st.lists(st.binary(max_size=300), max_size=10))
def test_random_bytes_break_the_channel_or_wait_and_nothing_else(parts: list[bytes]) -> None:
    reading = unpacker()
    try:
        for part in parts:
            for message in reading.feed(part):
                assert type(message) in POWERS_FOR
    except ChannelBroken:
        pass


@given(NESTED)
@settings(max_examples=300)
def test_valid_messagepack_that_is_no_message_breaks_the_channel(value: object) -> None:
    with pytest.raises(ChannelBroken):
        list(unpacker().feed(framed(msgspec.msgpack.encode(value))))


@given(st.integers(MESSAGE_MAX + 1, 2**32 - 1), st.binary(max_size=64))
def test_a_length_above_the_bound_is_refused_before_anything_is_kept(
    size: int, rest: bytes
) -> None:
    reading = unpacker()
    with pytest.raises(ChannelBroken):
        list(reading.feed(size.to_bytes(4, "big") + rest))

    assert not reading._held


@given(
    st.sampled_from(["move", "key", "text", "chunk", "offer", "wheel"]),
    st.dictionaries(st.sampled_from(["x", "y", "screen", "code", "down", "text", "id"]), NESTED),
)
def test_known_kinds_with_random_contents_are_within_bounds_or_break_the_channel(
    kind: str, fields: dict[str, object]
) -> None:
    try:
        (message,) = unpacker().feed(framed(msgspec.msgpack.encode({"t": kind} | fields)))
    except ChannelBroken:
        return
    assert msgspec.convert(msgspec.to_builtins(message), FromConsole) == message


def test_deep_nesting_is_refused_without_exhausting_the_stack() -> None:
    with pytest.raises(ChannelBroken):
        list(unpacker().feed(framed(b"\x91" * 100_000)))
