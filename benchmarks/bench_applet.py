"""The applet as customers get it: the size of its file, and the time until its window appears."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.figures import percentile
from benchmarks.result import Result
from tests.stage.applets.running import started_applet
from tests.stage.checkout import ROOT
from tests.stage.displays.virtual_display import virtual_display

SIZE_BUDGET_MB = 15
START_BUDGET_S = 1.0
STARTS = 7


def measure() -> list[Result]:
    """Build it, then start it several times; the first, cold start does not count."""
    with tempfile.TemporaryDirectory() as folder:
        file = _build(Path(folder))
        size_mb = file.stat().st_size / 1e6
        with virtual_display() as screen:
            times = [_start(file, screen) for _ in range(STARTS + 1)][1:]
    median = percentile(times, 50)
    return [
        Result(
            "applet, size of its one file",
            f"≤ {SIZE_BUDGET_MB} MB",
            f"{size_mb:.1f} MB",
            size_mb <= SIZE_BUDGET_MB,
        ),
        Result(
            "applet, start to its window",
            f"median ≤ {START_BUDGET_S:.0f} s",
            f"median {median:.2f} s, slowest of {STARTS} {max(times):.2f} s",
            median <= START_BUDGET_S,
        ),
    ]


def _build(folder: Path) -> Path:
    """Build the applet as it is built for customers; return its file.

    Raises:
        subprocess.CalledProcessError: it cannot be built.
    """
    out = ["--distpath", str(folder / "dist"), "--workpath", str(folder / "work")]
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    subprocess.run([*build, *out, "deploy/applet.spec"], cwd=ROOT, check=True)
    return folder / "dist" / "rescue-applet"


def _start(file: Path, screen: Mapping[str, str]) -> float:
    """Return the seconds until the window appears."""
    begun = time.monotonic()
    with started_applet(screen, program=(str(file),)):
        return time.monotonic() - begun
