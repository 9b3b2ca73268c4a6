"""Sounds: played by the system's player, off when switched off, and never in the way."""

import stat
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.sounds.base import Beep, ProgramPlayer
from rescue_console.desktop.sounds.linux import PLAYERS, find_player
from tests.stage.checkout import ROOT
from tests.stage.technicians.listener import Listener

SOURCES = ROOT / "resources" / "sounds"


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def sounds(settings: Settings, listener: Listener) -> Sounds:
    return Sounds(settings, player=listener)


def recorder(folder: Path, name: str) -> Path:
    """Return a real program that writes down its arguments."""
    program = folder / name
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{folder}/arguments.tmp"\n'
        f'mv "{folder}/arguments.tmp" "{folder}/arguments"\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@pytest.mark.parametrize("name", ["waiting", "message", "lost"])
def test_a_sound_is_a_short_small_wave_file(sounds: Sounds, listener: Listener, name: str) -> None:
    sounds.play(name)
    (path,) = listener.heard
    assert path.stat().st_size < 100_000
    with wave.open(str(path)) as file:
        assert 0.1 < file.getnframes() / file.getframerate() < 2
        assert any(file.readframes(file.getnframes()))


def test_nothing_is_played_when_sounds_are_off(
    sounds: Sounds, settings: Settings, listener: Listener
) -> None:
    settings.sound_on = False
    sounds.play("waiting")
    assert listener.heard == []
    sounds.play_anyway("waiting")
    assert len(listener.heard) == 1


def test_an_unknown_sound_is_refused(sounds: Sounds) -> None:
    with pytest.raises(ValueError, match="trumpet"):
        sounds.play("trumpet")


@pytest.mark.parametrize("name", PLAYERS)
@pytest.mark.starts_programs
def test_linux_uses_the_player_that_is_installed(
    name: str, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    recorder(tmp_path, name)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    owner = QObject()
    sounds = Sounds(settings, player=find_player(owner))
    sounds.play("waiting")
    qtbot.waitUntil(lambda: (tmp_path / "arguments").exists(), timeout=20_000)
    *options, path = (tmp_path / "arguments").read_text(encoding="utf-8").splitlines()
    assert options == PLAYERS[name]
    assert path.endswith("waiting.wav")
    (process,) = owner.findChildren(QProcess)
    qtbot.waitUntil(lambda: process.state() is QProcess.ProcessState.NotRunning, timeout=20_000)


def test_linux_beeps_when_nothing_can_play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(find_player(QObject()), Beep)


@pytest.mark.starts_programs
def test_a_player_that_cannot_start_is_no_error(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QObject()
    player = ProgramPlayer(str(tmp_path / "gone"), [], owner)
    (process,) = owner.findChildren(QProcess)
    with qtbot.waitSignal(process.errorOccurred, timeout=20_000):
        player.play(tmp_path / "x.wav")


def test_the_committed_sounds_are_what_the_script_makes(tmp_path: Path) -> None:
    import runpy

    made = runpy.run_path(str(SOURCES / "make_sounds.py"))
    for name, notes in made["SOUNDS"].items():
        made["write"](tmp_path / f"{name}.wav", notes)
        assert (tmp_path / f"{name}.wav").read_bytes() == (SOURCES / f"{name}.wav").read_bytes()
