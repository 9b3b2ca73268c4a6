"""Whatever a decoder reads, it may raise only the error that closes the channel."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rescue_console.desktop.media.base import BadDescription
from rescue_console.desktop.media.descriptions import read_candidate, read_offer
from rescue_console.protocol.channel import (
    MESSAGE_MAX,
    ChannelBroken,
    FromApplet,
    FromConsole,
    Message,
    Unpacker,
    pack,
)
from rescue_console.protocol.page_files import TEXT_MAX, read
from tests.hostile.messages import messages

SIDES = pytest.mark.parametrize("kinds", [FromConsole, FromApplet], ids=["console", "applet"])
SKIPPED = b"\x82\xa1t\xa4done\xa1q"
"""The beginning of a message whose second field is unknown, and therefore skipped."""


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


@SIDES
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(SKIPPED + b"\x91" * (MESSAGE_MAX - 32) + b"\xc0", id="nested lists"),
        pytest.param(SKIPPED + b"\x81\xa0" * 200_000 + b"\xc0", id="nested maps"),
        pytest.param(b"\x81\xa1t\xa2\xff\xfe", id="kind is not UTF-8"),
        pytest.param(b"\x82\xa1t\xa4clip\xa4text\xa2\xff\xfe", id="text is not UTF-8"),
        pytest.param(b"\x82\xa1t\xa4clip\xa4text\xa3\xed\xa0\x80", id="half a surrogate pair"),
        pytest.param(b"\x82\xa1t\xa4clip\xa4text\xdb\xff\xff\xff\xff", id="endless text"),
        pytest.param(b"\x82\xa1t\xa7screens\xa7screens\xdd\xff\xff\xff\xff", id="endless list"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_bytes_that_are_no_message_close_the_channel_with_a_reason(kinds: Any, body: bytes) -> None:
    with pytest.raises(ChannelBroken, match="not a message"):
        list(Unpacker[Message](kinds).feed(framed(body)))


@SIDES
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_kind_of_message_arrives_wherever_the_stream_is_cut(
    kinds: Any, data: st.DataObject
) -> None:
    sent = data.draw(st.lists(messages(kinds), max_size=5))
    stream = b"".join(map(pack, sent))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    reading: Unpacker[Message] = Unpacker(kinds)
    came: list[Message] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        came += reading.feed(stream[start:end])

    assert came == sent


@SIDES
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_damaged_message_is_another_message_or_closes_the_channel(
    kinds: Any, data: st.DataObject
) -> None:
    stream = bytearray(pack(data.draw(messages(kinds))))
    for _ in range(data.draw(st.integers(1, 4))):
        stream[data.draw(st.integers(0, len(stream) - 1))] = data.draw(st.integers(0, 255))
    reading: Unpacker[Message] = Unpacker(kinds)
    try:
        came = list(reading.feed(bytes(stream)))
    except ChannelBroken:
        came = []

    assert all(isinstance(message, Message) for message in came)
    assert len(reading._held) <= MESSAGE_MAX + 4


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_a_pages_message_is_read_or_closes_its_connection(data: str | bytes) -> None:
    try:
        read(data)
    except ChannelBroken:
        return


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_pages_message_may_not_be_nested_endlessly(opening: str) -> None:
    depth = (TEXT_MAX - 40) // len(opening)
    with pytest.raises(ChannelBroken):
        read('{"t":"end","id":1,"q":' + opening * depth)


def test_descriptions_and_candidates_may_not_be_nested_endlessly() -> None:
    for reader in (read_offer, read_candidate):
        with pytest.raises(BadDescription):
            reader('{"type":"offer","q":' + "[" * 30_000)


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_text_is_a_candidate_their_end_or_a_bad_description(line: str) -> None:
    body = msgspec.json.encode({"candidate": line}).decode()
    try:
        read_candidate(body)
    except BadDescription:
        return
