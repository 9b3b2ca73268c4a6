"""``deploy/setup.sh`` on machines that lack something, simulated by stand-ins for commands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.stage.checkout import ROOT

pytestmark = pytest.mark.starts_programs


class Machine:
    """A checkout, and a folder of commands that are found before the real ones.

    Attributes:
        checkout: The setup script and the files that it reads.
    """

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self._commands = folder / "bin"
        self._calls = folder / "calls"
        self._commands.mkdir()
        self._calls.touch()
        (self.checkout / "deploy").mkdir(parents=True)
        shutil.copy(ROOT / "deploy" / "setup.sh", self.checkout / "deploy")
        for name in ("requirements.txt", "pyproject.toml"):
            (self.checkout / name).write_text("", encoding="utf-8")
        scripts = self.checkout / "tests/web/scripts"
        scripts.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            (scripts / name).write_text("{}", encoding="utf-8")
        self.command("uname", "echo Linux")
        self.command("node", "")
        self.command("npm", "mkdir -p node_modules")
        self.command("apt-get", "")
        self.user(0)
        self.packages()

    def command(self, name: str, script: str) -> None:
        """Install a command that records each call and then runs *script*."""
        path = self.checkout / name if "/" in name else self._commands / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'#!/bin/sh\necho "{path.name} $*" >>"{self._calls}"\n{script}\n', encoding="utf-8"
        )
        path.chmod(0o755)

    def user(self, number: int) -> None:
        self.command("id", f"echo {number}")

    def packages(self, *lines: str) -> None:
        """Set the installed packages: a line for each with status, name and what it provides."""
        text = "\n".join(lines)
        self.command("dpkg-query", f"cat <<'END'\n{text}\nEND")

    def python(self, pip: str = "") -> None:
        """Install a virtual environment whose ``pip install`` runs *pip*."""
        self.command(".venv/bin/python", f'case "$*" in "-m pip"*) {pip or ":"} ;; esac')

    def calls(self, start: str) -> list[str]:
        return [
            line
            for line in self._calls.read_text(encoding="utf-8").splitlines()
            if line.startswith(start)
        ]

    def bash(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/bash", *arguments],
            cwd=self.checkout,
            env={"PATH": f"{self._commands}:/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def set_up(self, purpose: str) -> subprocess.CompletedProcess[str]:
        return self.bash("deploy/setup.sh", purpose)

    def missing(self, *names: str) -> list[str]:
        words = " ".join(names)
        return self.bash("-c", f"source deploy/setup.sh; missing_packages {words}").stdout.split()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_only_packages_that_are_not_installed_are_missing(machine: Machine) -> None:
    machine.packages(
        "installed xvfb ",
        "config-files openbox ",
        "installed libglib2.0-0t64 libglib2.0-0 (= 2.80.0-6), other",
    )

    assert machine.missing("xvfb", "openbox", "libglib2.0-0", "xauth") == ["openbox", "xauth"]


def test_a_chromium_installed_another_way_counts(machine: Machine) -> None:
    machine.command("google-chrome", "")

    assert machine.missing("chromium", "xauth") == ["xauth"]


def test_a_firefox_installed_another_way_counts(machine: Machine) -> None:
    machine.command("firefox", "")

    assert machine.missing("firefox-esr", "xauth") == ["xauth"]


def test_as_root_only_what_is_missing_is_installed_after_one_refresh(machine: Machine) -> None:
    machine.packages("installed libglib2.0-0 ")
    machine.python()

    assert machine.set_up("check").returncode == 0

    assert machine.calls("apt-get") == [
        "apt-get update -q",
        "apt-get install -q -y --no-install-recommends libgssapi-krb5-2",
    ]


def test_a_turn_server_installed_for_the_tests_is_disabled(machine: Machine) -> None:
    machine.python()
    machine.command("systemctl", "")

    assert machine.set_up("test").returncode == 0

    assert machine.calls("systemctl") == ["systemctl disable --now coturn"]


def test_a_turn_server_installed_before_is_left_alone(machine: Machine) -> None:
    machine.packages("installed coturn ")
    machine.python()
    machine.command("systemctl", "")

    assert machine.set_up("test").returncode == 0

    assert not machine.calls("systemctl")


def test_an_ordinary_user_is_told_the_command_and_nothing_is_installed(machine: Machine) -> None:
    machine.user(1000)
    machine.packages("installed libglib2.0-0 ")

    done = machine.set_up("check")

    assert done.returncode == 1
    assert "sudo apt-get update && sudo apt-get install" in done.stderr
    assert "libgssapi-krb5-2" in done.stderr
    assert "libglib2.0-0" not in done.stderr
    assert not machine.calls("apt-get")


def test_without_a_new_enough_python_it_says_what_to_install(machine: Machine) -> None:
    machine.user(1000)
    machine.packages("installed libglib2.0-0 libgssapi-krb5-2")
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        machine.command(name, "exit 1")

    done = machine.set_up("check")

    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "sudo apt-get install -y python3 python3-venv" in done.stderr


def test_for_a_python_without_virtual_environments_the_package_is_named(machine: Machine) -> None:
    machine.user(1000)
    machine.packages("installed libglib2.0-0 libgssapi-krb5-2")
    machine.command(
        "python3.13",
        'case "$2" in *ensurepip*) exit 1 ;; *print*) echo python3.13-venv ;; esac',
    )

    done = machine.set_up("check")

    assert done.returncode == 1
    assert "sudo apt-get install -y python3.13-venv" in done.stderr


def test_a_second_call_installs_nothing_again(machine: Machine) -> None:
    machine.python()
    machine.set_up("check")
    first = machine.calls("python -m pip")

    assert machine.set_up("check").returncode == 0

    assert len(first) == 2
    assert machine.calls("python -m pip") == first


def test_an_interrupted_installation_is_repeated(machine: Machine) -> None:
    machine.python(pip="exit 9")
    assert machine.set_up("check").returncode != 0
    machine.python()

    assert machine.set_up("check").returncode == 0

    assert len(machine.calls("python -m pip")) == 3


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_changed_pins_or_project_are_installed_again(machine: Machine, name: str) -> None:
    machine.python()
    machine.set_up("check")
    (machine.checkout / name).write_text("# changed", encoding="utf-8")

    machine.set_up("check")

    assert len(machine.calls("python -m pip")) == 4


def test_script_checkers_are_installed_once_for_each_lock_file(machine: Machine) -> None:
    machine.python()
    machine.set_up("check")
    machine.set_up("check")
    assert machine.calls("npm") == ["npm ci --silent"]
    lock = machine.checkout / "tests/web/scripts/package-lock.json"
    lock.write_text('{"changed": true}', encoding="utf-8")

    assert machine.set_up("check").returncode == 0

    assert len(machine.calls("npm")) == 2


def test_script_checkers_are_installed_only_for_checks(machine: Machine) -> None:
    machine.python()

    assert machine.set_up("quick").returncode == 0

    assert not machine.calls("npm")


def test_a_node_that_is_too_old_is_reported(machine: Machine) -> None:
    machine.python()
    machine.command("node", 'case "$*" in --version) echo v16.0.0 ;; *) exit 1 ;; esac')

    done = machine.set_up("check")

    assert done.returncode == 1
    assert "Node.js 18.18 or newer is needed" in done.stderr
    assert "v16.0.0" in done.stderr


def test_a_node_and_an_npm_installed_another_way_count(machine: Machine) -> None:
    assert machine.missing("nodejs", "npm", "xauth") == ["xauth"]


def test_an_unknown_purpose_is_refused(machine: Machine) -> None:
    done = machine.set_up("dance")

    assert done.returncode == 1
    assert "unknown purpose 'dance'" in done.stderr


def test_every_script_is_valid_bash() -> None:
    scripts = [*(ROOT / "deploy").glob("*.sh"), ROOT / ".ci" / "run"]

    for script in scripts:
        subprocess.run(["/bin/bash", "-n", script], check=True)
        assert script.stat().st_mode & 0o111, f"{script.name} is not executable"


def test_make_alone_lists_every_target_with_its_description() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY:((?:.*\\\n)*.*)", makefile, re.MULTILINE)

    listed = subprocess.run(
        ["make", "-C", ROOT, "--no-print-directory"], capture_output=True, text=True, check=True
    ).stdout

    lines = [line.split(maxsplit=2) for line in listed.splitlines()]
    assert [words[1] for words in lines] == phony.replace("\\", "").split()
    assert all(len(words) == 3 for words in lines)


def test_without_a_display_run_plays_the_tour(machine: Machine) -> None:
    shutil.copy(ROOT / "deploy" / "run.sh", machine.checkout / "deploy")
    machine.command("deploy/setup.sh", "")
    machine.python()

    done = machine.bash("deploy/run.sh", "--fast")

    assert "build/tour/" in done.stdout
    assert machine.calls("setup.sh") == ["setup.sh tour"]
    assert machine.calls("python") == ["python -m deploy.tour --fast"]


def test_with_a_display_run_starts_the_console_with_its_server(
    machine: Machine,
) -> None:
    shutil.copy(ROOT / "deploy" / "run.sh", machine.checkout / "deploy")
    machine.command("deploy/setup.sh", "")
    machine.command(".venv/bin/rescue-console", "")

    machine.bash("-c", "DISPLAY=:5 deploy/run.sh --style x")

    assert machine.calls("rescue-console") == ["rescue-console --local --style x"]
