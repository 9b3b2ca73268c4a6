"""The mark on received files. Windows is simulated: elsewhere its stream is an ordinary file."""

import hashlib
import sys
from pathlib import Path

import pytest

from rescue_console.peer.files.part_file import PartFile
from rescue_console.peer.files.placement import place
from rescue_console.protocol.channel import FileOffered

if sys.platform == "win32":
    pytest.skip("The platform is simulated.", allow_module_level=True)


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_a_received_file_is_marked_as_foreign_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    placement = place(tmp_path, FileOffered(id=1, name="a.exe", size=2))
    part = PartFile(placement, 2, promised=0)
    part.write([b"MZ"])
    monkeypatch.setattr(sys, "platform", platform)
    path = part.finish(hashlib.sha256(b"MZ").digest(), 1_000_000)
    monkeypatch.undo()
    assert path.stat().st_mtime == 1_000_000
    mark = placement.part.with_name(f"{placement.part.name}:Zone.Identifier")
    assert mark.exists() == (platform == "win32")
    if mark.exists():
        assert mark.read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"
