"""The programs of a Linux desktop that open URLs, played by scripts of the test."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the system's programs, on a desktop whose own are hidden."""
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    return tmp_path


def install(programs: Path, name: str, script: str) -> None:
    """Install a program that runs a shell *script*."""
    (programs / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (programs / name).chmod(0o755)
