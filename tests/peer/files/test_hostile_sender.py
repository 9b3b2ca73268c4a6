"""A receiver survives any sequence of messages: it ends, stays in its folder, and keeps little."""

import asyncio
import hashlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rescue_console.peer.files.exchange import FileMessage
from rescue_console.protocol.channel import (
    FileAccepted,
    FileChunk,
    FileEnded,
    FileFinished,
    FileOffered,
    FileReceived,
)
from rescue_console.protocol.limits import FILES_OFFERED_MAX
from tests.stage.applets.two_sides import Sides, file_threads

IDS = st.integers(0, 5)
OFFSETS = st.integers(0, 12)
NAMES = st.one_of(
    st.sampled_from(["a", "../a", "b/c", "b/", "/", "b", "..", "a\0", "nul", "/etc/a", "x/" * 40]),
    st.text(max_size=20),
)
MESSAGES: st.SearchStrategy[FileMessage] = st.one_of(
    st.builds(
        FileOffered,
        id=IDS,
        name=NAMES,
        size=st.one_of(OFFSETS, st.just(2**53)),
        modified_s=st.integers(-(2**63), 2**63 - 1),
    ),
    st.builds(FileChunk, id=IDS, offset=OFFSETS, data=st.binary(max_size=12)),
    st.builds(FileFinished, id=IDS, sha256=st.just(hashlib.sha256().digest())),
    st.builds(FileEnded, id=IDS, problem=st.text(max_size=5)),
    st.builds(FileAccepted, id=IDS, offset=OFFSETS),
    st.builds(FileReceived, id=IDS, offset=OFFSETS),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(MESSAGES, st.just(None)), max_size=30))
def test_any_sequence_ends_and_stays_inside(said: list[FileMessage | None]) -> None:
    with tempfile.TemporaryDirectory() as folder, file_threads() as threads:
        asyncio.run(_say(Sides(Path(folder), threads), said))
        found = list(Path(folder).rglob("*"))
        inside = Path(folder) / "applet"
        assert all(p.is_relative_to(inside) for p in found if p != Path(folder) / "console")


async def _say(sides: Sides, said: list[FileMessage | None]) -> None:
    sides.connect()
    sent = sides.console.send_paths(Path(__file__))
    for message in said:
        if message is None:
            await asyncio.sleep(0)
        else:
            sides.console.post(message)
        assert len(sides.applet.exchange._incoming) <= FILES_OFFERED_MAX
    for number in range(0, 6, 2):
        sides.console.post(FileEnded(id=number, problem="enough"))
    # An honest file on the same channel still arrives.
    await sides.console.all_over(*sent)
    assert [transfer.problem for transfer in sent] == [""]
    await sides.aclose()
