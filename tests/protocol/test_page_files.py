"""Files between console and page: what is written can be read back, and nothing else can."""

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.protocol.channel import (
    ChannelBroken,
    FileAccepted,
    FileChunk,
    FileEnded,
    FileFinished,
    FileOffered,
    FileReceived,
)
from rescue_console.protocol.page_files import (
    FRAME_MAX,
    PART_MAX,
    TEXT_MAX,
    PageFileMessage,
    read,
    write,
)

NUMBERS = st.integers(0, 2**53)
SAID: st.SearchStrategy[PageFileMessage] = st.one_of(
    st.builds(FileAccepted, id=NUMBERS, offset=NUMBERS),
    st.builds(FileReceived, id=NUMBERS, offset=NUMBERS),
    st.builds(FileFinished, id=NUMBERS, sha256=st.binary(min_size=32, max_size=32)),
    st.builds(FileEnded, id=NUMBERS, problem=st.text(max_size=200)),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=20,
)
NEARLY = st.fixed_dictionaries(
    {"t": st.sampled_from(["offer", "accept", "got", "done", "end", "chunk", "move"])},
    optional={
        "id": JSON,
        "name": JSON,
        "size": JSON,
        "offset": JSON,
        "modified_s": JSON,
        "wanted": JSON,
        "sha256": JSON,
        "problem": JSON,
    },
)
SCRIPTS = files("rescue_console.web") / "join" / "static"


@given(SAID)
def test_a_text_message_is_read_as_it_was(message: PageFileMessage) -> None:
    [data] = write(message)
    assert isinstance(data, str)
    assert read(data) == message


@given(NUMBERS, st.integers(0, 2**52), st.integers(1, 3 * PART_MAX))
def test_a_part_is_read_as_it_was_in_pieces(number: int, offset: int, size: int) -> None:
    pieces = [read(data) for data in write(FileChunk(id=number, offset=offset, data=bytes(size)))]
    for piece in pieces:
        assert isinstance(piece, FileChunk)
        assert (piece.id, piece.offset) == (number, offset)
        assert 0 < len(piece.data) <= PART_MAX
        offset += len(piece.data)
        size -= len(piece.data)
    assert size == 0


def check_harmless(data: str | bytes) -> None:
    """Check that *data* is either refused or read as a message that keeps to the limits."""
    try:
        message = read(data)
    except ChannelBroken:
        return
    if isinstance(message, FileOffered):
        assert message.wanted is None
        assert not set("/\\") & set(message.name)
        assert 0 <= message.modified_s <= 2**53
    if isinstance(message, FileChunk):
        assert 0 < len(message.data) <= PART_MAX


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_data_is_harmless(data: str | bytes) -> None:
    check_harmless(data)


@given(JSON | NEARLY)
def test_any_json_is_harmless(value: object) -> None:
    check_harmless(json.dumps(value))


@given(st.text(max_size=300))
def test_an_offer_is_reduced_to_a_single_file_that_nobody_asked_for(name: str) -> None:
    offer = {"t": "offer", "id": 1, "name": name, "size": 5, "wanted": 2, "modified_s": -(10**30)}
    check_harmless(json.dumps(offer))


@pytest.mark.parametrize("size", [0, 1, 16, FRAME_MAX + 1])
def test_a_part_of_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(ChannelBroken):
        read(bytes(size))


@pytest.mark.parametrize("head", [b"\xff" * 8 + bytes(8), bytes(8) + b"\xff" * 8])
def test_a_part_with_an_impossible_number_is_refused(head: bytes) -> None:
    with pytest.raises(ChannelBroken):
        read(head + b"x")


def test_a_long_text_is_refused_before_it_is_looked_at() -> None:
    said = json.dumps({"t": "end", "id": 1})
    assert read(said + " " * (TEXT_MAX - len(said)))
    with pytest.raises(ChannelBroken):
        read(said + " " * TEXT_MAX)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(ChannelBroken):
        read('{"t":"got","id":1,"offset":' + "9" * 5_000 + "}")
