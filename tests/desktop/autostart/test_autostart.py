"""Start at sign-in: the entry comes, goes, and runs the command it was given."""

import configparser
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from rescue_console.desktop.autostart import Autostart
from rescue_console.desktop.autostart.base import start_command
from rescue_console.desktop.autostart.linux import DesktopEntry
from rescue_console.desktop.autostart.macos import LaunchAgent
from rescue_console.system.desktop_entry import autostart_folder

COMMAND = ["/opt/Rescue Console/python", "-m", 'a "quoted" $part `x` 100% \\ back']


def entries(folder: Path) -> list[Autostart]:
    return [DesktopEntry(COMMAND, folder), LaunchAgent(COMMAND, folder)]


@pytest.mark.parametrize("which", [0, 1], ids=["linux", "macos"])
def test_the_entry_comes_and_goes(tmp_path: Path, which: int) -> None:
    entry = entries(tmp_path / "new folder")[which]
    assert not entry.is_on()
    entry.turn_on()
    assert entry.is_on()
    entry.turn_on()
    entry.turn_off()
    assert not entry.is_on()
    entry.turn_off()


@pytest.mark.parametrize("which", [0, 1], ids=["linux", "macos"])
def test_a_folder_that_cannot_be_written_raises(tmp_path: Path, which: int) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        entries(tmp_path / "file")[which].turn_on()


@pytest.mark.starts_programs
def test_the_desktop_entry_runs_the_command_as_it_is(tmp_path: Path) -> None:
    """Both layers of quoting are undone the way a desktop does it."""
    DesktopEntry(COMMAND, tmp_path).turn_on()
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(tmp_path / "rescue-console.desktop", encoding="utf-8")
    line = parser["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    shell = ["sh", "-c", f"printf '%s\\n' {line}"]
    printed = subprocess.run(shell, capture_output=True, text=True, check=True)
    assert printed.stdout.replace("%%", "%").splitlines() == COMMAND


def test_the_launch_agent_runs_the_command_as_it_is(tmp_path: Path) -> None:
    LaunchAgent(COMMAND, tmp_path).turn_on()
    (path,) = tmp_path.iterdir()
    agent = plistlib.loads(path.read_bytes())
    assert agent["ProgramArguments"] == COMMAND
    assert agent["RunAtLoad"] is True


def test_the_autostart_folder_follows_the_standard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert autostart_folder() == tmp_path / "autostart"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert autostart_folder() == Path.home() / ".config" / "autostart"


def test_the_command_starts_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert start_command() == [sys.executable, "-m", "rescue_console.desktop"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_command() == [sys.executable]
