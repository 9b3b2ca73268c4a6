"""The guided tour that ``make run`` plays without a display."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stage.checkout import ROOT

pytestmark = [pytest.mark.timeout(300), pytest.mark.starts_programs]


def play(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Play the tour into *folder*; return its exit code and output."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.tour", str(folder)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_tour_leaves_pictures_and_a_text_for_each_step(tmp_path: Path) -> None:
    done = play(tmp_path / "tour")

    assert done.returncode == 0, done.stdout + done.stderr
    account = (tmp_path / "tour" / "README.txt").read_text("utf-8")
    pictures = sorted(path.name for path in (tmp_path / "tour").glob("*.png"))
    assert re.findall(r"^(\d+)\. ", account, re.MULTILINE) == [str(n) for n in range(1, 13)]
    assert re.findall(r"Picture: (.+)", account) == pictures
    assert "README.txt" in done.stdout


def test_a_tour_without_a_browser_ends_with_a_clear_message(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "chromium").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (programs / "chromium").chmod(0o755)

    done = play(tmp_path / "tour", PATH=f"{programs}:{os.environ['PATH']}")

    assert done.returncode == 1
    assert "The tour stopped at this step: " in done.stderr
    assert "Traceback" not in done.stderr
