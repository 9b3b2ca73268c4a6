"""The file manager lists whatever is there, or counts what it cannot list."""

import os
from pathlib import Path

import msgspec
import pytest

from rescue_console.applet.duties import folder_listing
from rescue_console.applet.duties.folder_listing import list_folder

NAMES = [
    "Screenshot 2026-11-27 at 9.41.00\u202fAM.png",
    "Facture\u00a0n\u00b0\u00a012.pdf",
    "\u898b\u7a4d\u66f8\u3000\u6700\u65b0.xlsx",
    "\u0646\u0627\u0645\u0647\u200c\u0647\u0627.txt",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 holiday.jpg",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f.jpg",
    "\U0001fae8.png",
    "\U0001fada.png",
    "Donau\u00addampf.txt",
    "\ufeffreport.csv",
    "\u200f\u05d3\u05d5\u05d7.docx",
    "exe\u202efdp.txt",
    "a\nb.txt",
    "\ue000private",
    " spaces ",
    "cafe\u0301.txt",
    "plain.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_unicode_is_listed_and_travels(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    listed = list_folder(1, str(tmp_path))
    assert [entry.name for entry in listed.entries] == [name]
    assert listed.hidden == 0
    assert msgspec.json.decode(msgspec.json.encode(listed), type=type(listed)) == listed


@pytest.mark.skipif(os.name == "nt", reason="names are any bytes on POSIX only")
def test_names_that_are_no_text_are_counted(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").touch()
    for odd in (b"caf\xe9.txt", b"\xff\xfe", b"\xed\xa0\x80"):
        (tmp_path / os.fsdecode(odd)).touch()
    listed = list_folder(1, str(tmp_path))
    assert [entry.name for entry in listed.entries] == ["plain.txt"]
    assert (listed.hidden, listed.more) == (3, False)
    msgspec.json.encode(listed)


def test_what_there_is_no_room_for_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_listing, "ENTRIES_MAX", 3)
    for number in range(10):
        (tmp_path / f"{number}.txt").touch()
    listed = list_folder(1, str(tmp_path))
    assert (len(listed.entries), listed.hidden, listed.more) == (3, 7, True)
