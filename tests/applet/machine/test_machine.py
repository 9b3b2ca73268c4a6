"""An applet is called at the next sign-in, on the systems whose ways are files."""

import plistlib
import sys
from pathlib import Path

import pytest

from rescue_console.applet.machine import base
from rescue_console.applet.machine.base import Machine, RestartRefused, run
from rescue_console.applet.machine.linux import LinuxMachine
from rescue_console.applet.machine.macos import MacosMachine
from rescue_console.protocol.restart import DETAIL_MAX

FILE_MACHINES = [LinuxMachine, MacosMachine]
COMMAND = ["/opt/Rescue Applet/rescue applet", "--back", 'a "quoted" word & more']


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home folder, which the systems' ways lead to."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_launch_agent_runs_the_command_as_it_was_given(home: Path) -> None:
    MacosMachine().call_at_sign_in("back-42", COMMAND)

    (path,) = files_in(home)
    assert path == home / "Library/LaunchAgents/org.rescue-console.back-42.plist"
    agent = plistlib.loads(path.read_bytes())
    assert agent["ProgramArguments"] == COMMAND
    assert agent["RunAtLoad"] is True
    assert agent["Label"] == path.stem


@pytest.mark.parametrize("machine", FILE_MACHINES)
def test_calling_twice_leaves_one_entry_and_forgetting_leaves_none(
    home: Path, machine: type[Machine]
) -> None:
    for command in (["/bin/first"], ["/bin/second"]):
        machine().call_at_sign_in("back-42", command)

    (path,) = files_in(home)
    assert b"second" in path.read_bytes()
    machine().forget("back-42")
    machine().forget("back-42")
    assert files_in(home) == []


@pytest.mark.parametrize("machine", FILE_MACHINES)
def test_program_data_belongs_into_this_persons_home(home: Path, machine: type[Machine]) -> None:
    assert home in machine().data_folder().parents


def test_an_entry_that_cannot_be_made_is_an_error(home: Path) -> None:
    (home / "Library").write_text("in the way")
    with pytest.raises(NotADirectoryError):
        MacosMachine().call_at_sign_in("back-42", COMMAND)


def test_macos_is_asked_to_restart_as_its_own_menu_does(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        "rescue_console.applet.machine.macos.run", lambda *words: asked.append(words)
    )
    MacosMachine().restart()
    assert asked == [("/usr/bin/osascript", "-e", 'tell application "System Events" to restart')]


@pytest.mark.starts_programs
def test_a_refused_restart_is_told_in_the_systems_own_words() -> None:
    said = "No, " + "x" * DETAIL_MAX
    program = f"import sys; sys.stderr.write({said!r}); sys.exit(3)"
    with pytest.raises(RestartRefused) as refused:
        run(sys.executable, "-c", program)
    assert str(refused.value) == said[:DETAIL_MAX]


@pytest.mark.starts_programs
def test_a_refusal_without_words_names_the_program() -> None:
    with pytest.raises(RestartRefused, match=r"python.*: 7"):
        run(sys.executable, "-c", "raise SystemExit(7)")


@pytest.mark.starts_programs
def test_a_program_that_is_missing_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(RestartRefused, match="nothing-here"):
        run(str(tmp_path / "nothing-here"))


@pytest.mark.starts_programs
def test_a_system_that_does_not_answer_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "ANSWER_WITHIN_S", 0.2)
    with pytest.raises(RestartRefused, match="0 s"):
        run(sys.executable, "-c", "import signal; signal.pause()")
