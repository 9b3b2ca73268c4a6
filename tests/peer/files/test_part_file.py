"""A part file that can no longer grow reports that the disk is full."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rescue_console.peer.files.part_file import PartFile
from rescue_console.peer.files.placement import place
from rescue_console.peer.files.problems import FileFailed
from rescue_console.protocol.channel import FileOffered
from rescue_console.protocol.file_problems import FileProblem

if sys.platform == "win32":
    pytest.skip("Windows has no limit on a file's size", allow_module_level=True)

import resource

ROOM_BYTES = 100_000


@pytest.fixture
def _little_room() -> Iterator[None]:
    """Let no file of this process grow beyond ROOM_BYTES, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM_BYTES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("_little_room")
def test_a_disk_that_fills_up_is_reported(tmp_path: Path) -> None:
    offer = FileOffered(id=0, name="a.bin", size=200_000)
    part = PartFile(place(tmp_path, offer), offer.size, promised=0)
    with pytest.raises(FileFailed) as failed:
        part.write([b"x" * 60_000, b"x" * 60_000])
    part.delete()
    assert failed.value.problem == FileProblem.DISK_FULL
    assert list(tmp_path.iterdir()) == []
