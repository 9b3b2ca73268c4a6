"""The settings file: read carefully, written whole or not at all."""

from pathlib import Path

import pytest

from rescue_console.desktop.program.settings_file import (
    POLICY_NAME,
    SIZE_MAX_BYTES,
    SettingsFile,
    SettingsFileCorrupt,
    read_policy,
)


def test_a_file_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "settings.json").read() == {}


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new folder" / "settings.json")
    file.write({"email": "élodie@example.org", "sound_on": False})
    assert file.read() == {"email": "élodie@example.org", "sound_on": False}


@pytest.mark.parametrize(
    "content",
    [b'{"email": ', b"\xff\xfe\x00", b"[1, 2]", b"", b"[" * 100_000, b" " * (SIZE_MAX_BYTES + 1)],
    ids=["cut off", "not UTF-8", "no object", "empty", "too deep", "too large"],
)
def test_anything_but_a_settings_file_is_called_corrupt(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(SettingsFileCorrupt):
        SettingsFile(path).read()


def test_corrupt_files_are_all_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    kept = []
    for content in ("one", "two"):
        path.write_text(content, encoding="utf-8")
        kept.append(SettingsFile(path).keep_aside())
    assert [aside.read_text(encoding="utf-8") for aside in kept] == ["one", "two"]
    assert not path.exists()


def test_a_failed_write_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "a file, not a folder"
    folder.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match=r".+"):
        SettingsFile(folder / "settings.json").write({"email": "new"})
    assert folder.read_text(encoding="utf-8") == "old"


def test_a_policy_that_cannot_be_used_is_ignored(tmp_path: Path) -> None:
    (tmp_path / POLICY_NAME).write_text("{", encoding="utf-8")
    assert read_policy(tmp_path) == {}


def test_a_policy_is_read(tmp_path: Path) -> None:
    (tmp_path / POLICY_NAME).write_text('{"theme": "dark"}', encoding="utf-8")
    assert read_policy(tmp_path) == {"theme": "dark"}
