from pathlib import Path

from rescue_console.desktop.workspace.notes.kept import KeptNotes


def test_notes_are_kept_until_dropped_and_only_for_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    mine = KeptNotes(folder, "https://a.example", "t1")
    mine.keep("s1", "Toner\u00a0replaced")
    mine.keep("../../s2", "second")
    assert KeptNotes(folder, "https://a.example", "t1").all() == {
        "s1": "Toner\u00a0replaced",
        "../../s2": "second",
    }
    assert KeptNotes(folder, "https://a.example", "t2").all() == {}
    assert KeptNotes(folder, "https://b.example", "t1").all() == {}
    mine.drop("s1")
    mine.drop("s1")
    assert mine.all() == {"../../s2": "second"}
    assert {path.parent for path in folder.iterdir()} == {folder}


def test_a_damaged_file_is_skipped(tmp_path: Path) -> None:
    mine = KeptNotes(tmp_path, "https://a.example", "t1")
    mine.keep("s1", "good")
    (tmp_path / "damaged.json").write_bytes(b"\xff{")
    assert mine.all() == {"s1": "good"}
