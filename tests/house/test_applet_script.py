"""``deploy/applet.sh``, with stand-ins for the commands that it calls."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.stage.checkout import ROOT

pytestmark = pytest.mark.starts_programs

BUILDS = """#!/bin/sh
case "$*" in
  --version) echo "Python 3" ;;
  *PyInstaller*)
    echo "$*" "for ${RESCUE_APPLET_SERVER:-nobody}" >>calls
    while [ "$1" != --distpath ]; do shift; done
    mkdir -p "$2" && echo built >"$2/rescue-applet"
    ;;
esac
"""


class Checkout:
    """The script, one source of the applet, and a Python that builds at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "deploy").mkdir()
        shutil.copy(ROOT / "deploy/applet.sh", folder / "deploy")
        for name in ("deploy/applet.spec", "requirements.txt"):
            (folder / name).write_text("", encoding="utf-8")
        self.source = folder / "rescue_console/applet/engine.py"
        self.other = folder / "rescue_console/desktop/app.py"
        for source in (self.source, self.other):
            source.parent.mkdir(parents=True)
            source.write_text("1", encoding="utf-8")
        self.python(BUILDS)
        self.command("bin/uname", "#!/bin/sh\necho Linux\n")
        self.command("bin/objdump", "#!/bin/sh\n")
        self.command("deploy/setup.sh", '#!/bin/sh\necho "setup $*" >>calls\nexit 1\n')

    def command(self, name: str, script: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def python(self, script: str) -> None:
        self.command(".venv/bin/python", script)

    def run(self, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/bash", str(self.folder / "deploy/applet.sh")],
            env={"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin"} | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def calls(self) -> list[str]:
        calls = self.folder / "calls"
        return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_applet_is_built_once(checkout: Checkout) -> None:
    first = checkout.run()
    assert first.returncode == 0, first.stderr
    assert "takes a minute" in first.stderr
    assert (checkout.folder / "build/applets/rescue-applet").read_text() == "built\n"

    again = checkout.run()
    assert again.returncode == 0
    assert again.stderr == ""
    assert len(checkout.calls) == 1


def test_it_is_built_again_when_something_in_it_has_changed(checkout: Checkout) -> None:
    checkout.run()
    checkout.other.write_text("2", encoding="utf-8")
    checkout.run()
    assert len(checkout.calls) == 1
    checkout.source.write_text("2", encoding="utf-8")
    checkout.run()
    assert len(checkout.calls) == 2


def test_it_is_built_for_no_server_in_particular(checkout: Checkout) -> None:
    checkout.run(RESCUE_APPLET_SERVER="https://help.example.org")
    assert checkout.calls[0].endswith("for nobody")


def test_a_build_that_fails_is_explained_and_tried_again(checkout: Checkout) -> None:
    failing = BUILDS.replace('mkdir -p "$2"', "echo no room left; exit 1")
    checkout.python(failing)
    failed = checkout.run()
    assert failed.returncode == 1
    assert "no room left" in failed.stderr
    assert "could not be built" in failed.stderr
    assert not (checkout.folder / "build/applets").exists()

    checkout.python(BUILDS)
    assert checkout.run().returncode == 0
    assert (checkout.folder / "build/applets/rescue-applet").exists()


def test_what_is_missing_on_this_machine_is_asked_for(checkout: Checkout) -> None:
    checkout.python(BUILDS.replace("--version)", "*tkinter*) exit 1 ;; --version)"))
    assert checkout.run().returncode == 1
    assert checkout.calls == ["setup applet"]
