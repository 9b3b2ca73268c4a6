"""How long the technician console takes to start, compared with a bare PySide6 window."""

import os
import subprocess
import sys
import tempfile
import time

from benchmarks.figures import milliseconds, percentile
from benchmarks.result import Result

STARTS = 9
BUDGET_RATIO = 3.0


def measure() -> list[Result]:
    """Start both in turn, each in its own process, and compare their medians."""
    bare, console = [], []
    with tempfile.TemporaryDirectory() as home:
        for program in ("bare", "console"):
            _start(program, home)  # The first start fills the system's file cache.
        for _ in range(STARTS):
            bare.append(_start("bare", home))
            console.append(_start("console", home))
    ratio = percentile(console, 50) / percentile(bare, 50)
    return [
        Result(
            "desktop start to usable window, against a bare window (medians)",
            f"≤ {BUDGET_RATIO:.0f} ×",
            f"{ratio:.1f} × ({milliseconds(percentile(console, 50))} against "
            f"{milliseconds(percentile(bare, 50))})",
            ratio <= BUDGET_RATIO,
        )
    ]


def _start(program: str, home: str) -> float:
    """Return the seconds from starting the process to its usable window."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": home}
    environment = {
        name: value for name, value in environment.items() if not name.startswith("XDG_")
    }
    # As for an installed program, compiled modules may be kept and used again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.first_paint", program],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took_s = time.monotonic() - began
        process.kill()
    assert line == "usable\n", f"{program} ended without a window"
    return took_s
