"""The applet's file as customers get it, built once for all tests of a run."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from tests.stage.checkout import ROOT

NAME: Final = "rescue-applet"


def built_applet(factory: pytest.TempPathFactory) -> Path:
    """Return the file, built for no server in particular; it is alone in its folder.

    The first caller builds it, which takes half a minute on two idle cores; the others wait.
    """
    base = factory.getbasetemp()
    # Each worker of a run has a folder of its own; these folders are siblings.
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built-applet"
    shared.mkdir(exist_ok=True)
    with FileLock(shared / "lock"):
        if not (shared / "dist").exists():
            _build(shared)
    return shared / "dist" / NAME


def _build(folder: Path) -> None:
    unfinished = folder / "unfinished"
    places = ["--distpath", str(unfinished), "--workpath", str(folder / "work")]
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    done = subprocess.run(
        [*build, *places, "deploy/applet.spec"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    unfinished.rename(folder / "dist")
