"""The settings: typed, stored at once, robust against a damaged file, locked by policy."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.settings import LanguageChoice, Settings, ThemeChoice, table
from rescue_console.desktop.program.settings_file import SettingsFile
from rescue_console.protocol.choices import Language


def reopen(tmp_path: Path, policy: dict[str, object] | None = None) -> Settings:
    return Settings(SettingsFile(tmp_path / "settings.json"), policy)


def store(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_has_a_default_of_its_own_type(settings: Settings) -> None:
    for setting in table():
        assert settings.value(setting) == setting.default
        if setting.lockable:
            assert setting.text, setting.name


def test_what_was_set_is_there_in_the_next_run(settings: Settings, tmp_path: Path) -> None:
    settings.language = LanguageChoice("fr")
    settings.window_geometry = b"\x00\xff geometry"
    settings.customer_language = Language("fr")
    settings.sound_on = False
    again = reopen(tmp_path)
    assert again.language == LanguageChoice("fr")
    assert again.window_geometry == b"\x00\xff geometry"
    assert again.customer_language == Language("fr")
    assert again.sound_on is False
    assert again.notice == ""


def test_only_a_real_change_is_signalled_by_name(settings: Settings, qtbot: QtBot) -> None:
    with qtbot.waitSignal(settings.changed) as emitted:
        settings.theme = ThemeChoice.DARK
    assert emitted.args == ["theme"]
    with qtbot.assertNotEmitted(settings.changed):
        settings.theme = ThemeChoice.DARK


def test_settings_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    path = store(tmp_path, '{"from the future": [1, 2]}')
    reopen(tmp_path).sound_on = False
    assert json.loads(path.read_text(encoding="utf-8"))["from the future"] == [1, 2]


def test_a_corrupt_file_is_kept_aside_and_reported(tmp_path: Path) -> None:
    store(tmp_path, '{"email": "alice@')
    settings = reopen(tmp_path)
    (aside,) = tmp_path.glob("settings.json.corrupt-*")
    assert aside.read_text(encoding="utf-8") == '{"email": "alice@'
    assert aside.name in settings.notice
    assert settings.email == ""


def test_one_unusable_value_costs_only_itself(tmp_path: Path) -> None:
    store(tmp_path, '{"theme": "plaid", "sound_on": false}')
    settings = reopen(tmp_path)
    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.sound_on is False
    assert "Theme" in settings.notice


def test_the_notice_survives_the_next_good_write(tmp_path: Path) -> None:
    store(tmp_path, "{")
    settings = reopen(tmp_path)
    settings.sound_on = False
    assert "damaged" in settings.notice


def test_a_failed_write_is_reported_and_the_value_stays(tmp_path: Path, qtbot: QtBot) -> None:
    blocked = tmp_path / "folder"
    settings = Settings(SettingsFile(blocked / "settings.json"))
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    with qtbot.waitSignal(settings.notice_changed):
        settings.sound_on = False
    assert "cannot be saved" in settings.notice
    assert settings.sound_on is False
    blocked.unlink()
    with qtbot.waitSignal(settings.notice_changed):
        settings.sound_on = True
    assert settings.notice == ""


if sys.platform != "win32":
    import resource
    import signal

    @pytest.mark.starts_programs
    def test_a_full_disk_keeps_the_old_file_and_the_program(tmp_path: Path) -> None:
        path = store(tmp_path, '{"email": "alice@example.org"}')
        script = (
            "import sys; from pathlib import Path\n"
            "from rescue_console.desktop.program.settings import Settings\n"
            "from rescue_console.desktop.program.settings_file import SettingsFile\n"
            "settings = Settings(SettingsFile(Path(sys.argv[1])))\n"
            "settings.email = 'b' * 100_000\n"
            "print(settings.notice)\n"
        )

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

        run = subprocess.run(
            [sys.executable, "-c", script, str(path)],
            capture_output=True,
            text=True,
            check=True,
            preexec_fn=limit,
            timeout=60,
        )
        assert "cannot be saved" in run.stdout
        assert json.loads(path.read_text(encoding="utf-8")) == {"email": "alice@example.org"}


def test_policy_wins_and_locks(tmp_path: Path) -> None:
    store(tmp_path, '{"server_url": "https://mine.example.org"}')
    settings = reopen(tmp_path, {"server_url": "https://ours.example.org"})
    settings.server_url = "https://other.example.org"
    assert settings.server_url == "https://ours.example.org"
    assert settings.is_locked("server_url")
    assert not settings.is_locked("theme")


def test_policy_neither_locks_what_is_personal_nor_accepts_nonsense(tmp_path: Path) -> None:
    settings = reopen(tmp_path, {"email": "boss@example.org", "theme": "plaid"})
    assert settings.email == ""
    assert not settings.is_locked("email")
    assert not settings.is_locked("theme")
