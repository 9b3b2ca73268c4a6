"""``deploy/fresh.sh`` on machines that lack something, simulated by stand-ins for commands."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.stage.checkout import ROOT

pytestmark = pytest.mark.starts_programs

CANNOT = 3
"""The exit status that says that nothing could be tried on this machine."""

TOLD = 'echo "Type this:"; echo "  sudo apt-get update && sudo apt-get install -y xvfb"; return 1;'
"""What the setup script answers an ordinary user, as bash code."""


class Machine:
    """A folder of stand-ins for commands, the only ones that the script finds."""

    def __init__(self, folder: Path) -> None:
        self._commands = folder / "bin"
        self._commands.mkdir()
        self._log = folder / "log"
        self.command("uname", "echo Linux")
        self.command("id", "echo 0")
        self.command("debootstrap", "")
        self.command("unshare", "")

    def command(self, name: str, script: str) -> None:
        path = self._commands / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def without(self, name: str) -> None:
        (self._commands / name).unlink()

    def bash(self, script: str) -> subprocess.CompletedProcess[str]:
        for tool in ("bash", "dirname", "awk", "sort", "grep", "tail", "cat"):
            if found := shutil.which(tool):
                link = self._commands / tool
                link.unlink(missing_ok=True)
                link.symlink_to(found)
        return subprocess.run(
            ["/bin/bash", "-c", script],
            cwd=ROOT,
            env={"PATH": str(self._commands), "HOME": str(self._commands), "LOG": str(self._log)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def play(self, player: str, type_in: str) -> tuple[int, list[str]]:
        """Run the script's ``play`` for `make run`, with *type_in* in place of the machine.

        Returns:
            The exit status, and the lines that root typed.
        """
        script = f"""
            source deploy/fresh.sh
            FOLDER={self._commands}
            type_in() {{ {type_in} }}
            play system {player} run "$LOG"
        """
        done = self.bash(script)
        return done.returncode, [
            line for line in self._log.read_text("utf-8").splitlines() if line.startswith("root:")
        ]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_an_ordinary_user_is_told_how_to_start_it(machine: Machine) -> None:
    machine.command("id", "echo 1000")

    done = machine.bash("deploy/fresh.sh")

    assert done.returncode == CANNOT
    assert "Type: sudo deploy/fresh.sh" in done.stderr


def test_without_debootstrap_it_says_what_to_install(machine: Machine) -> None:
    machine.without("debootstrap")
    machine.command("apt-get", "exit 100")

    done = machine.bash("deploy/fresh.sh")

    assert done.returncode == CANNOT
    assert "apt-get install -y debootstrap" in done.stderr


def test_where_nothing_may_be_mounted_it_says_so(machine: Machine) -> None:
    machine.command("unshare", "exit 1")

    done = machine.bash("deploy/fresh.sh")

    assert done.returncode == CANNOT
    assert "may not mount" in done.stderr


def test_another_release_is_reached_the_same_way_as_this_one(machine: Machine) -> None:
    machine.command(
        "apt-get",
        ". /etc/os-release; here=$VERSION_CODENAME\n"
        'echo "http://a.example/debian $here main"\n'
        'echo "http://a.example/debian $here contrib"\n'
        'echo "http://b.example/security $here-security main"\n'
        'echo "http://c.example other main"',
    )

    done = machine.bash("source deploy/fresh.sh; sources_for trixie")

    assert done.stdout.splitlines() == [
        "http://a.example/debian trixie",
        "http://b.example/security trixie-security",
    ]


def test_a_named_mirror_is_used(machine: Machine) -> None:
    done = machine.bash(
        "FRESH_MIRROR=http://m.example/debian; source deploy/fresh.sh; sources_for trixie"
    )

    assert done.stdout == "http://m.example/debian trixie\n"


def test_root_types_what_the_user_is_told_to_and_the_user_continues(machine: Machine) -> None:
    status, typed = machine.play(
        "anna",
        f'if [ "$2" = root ]; then echo "root: $3"; READY=yes; return; fi; '
        f'[ -n "${{READY:-}}" ] || {{ {TOLD} }}',
    )

    assert status == 0
    assert len(typed) == 1
    assert typed[0].endswith("sudo apt-get update && sudo apt-get install -y xvfb")


def test_being_told_the_same_command_again_is_a_failure(machine: Machine) -> None:
    status, typed = machine.play(
        "anna", f'if [ "$2" = root ]; then echo "root: $3"; return; fi; {TOLD}'
    )

    assert status == 1
    assert len(typed) == 1


def test_telling_root_what_to_type_is_a_failure(machine: Machine) -> None:
    status, _ = machine.play("root", TOLD)

    assert status == 1
