"""Where the embedded server's applets are looked for."""

from pathlib import Path

import pytest

from rescue_console.desktop.entrance import applets_folder as module
from rescue_console.desktop.entrance.applets_folder import applets_folder


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds the program, without any applets yet."""
    root = tmp_path / "program"
    monkeypatch.setattr(module, "_ROOT", root)
    return root


def test_what_the_command_line_names_is_used_whatever_else_is_there(
    root: Path, tmp_path: Path
) -> None:
    (root / "applets").mkdir(parents=True)
    assert applets_folder(str(tmp_path), tmp_path / "data") == tmp_path


@pytest.mark.parametrize("place", ["applets", "build/applets"])
def test_the_installed_app_and_a_checkout_bring_theirs(
    root: Path, tmp_path: Path, place: str
) -> None:
    (root / place).mkdir(parents=True)
    assert applets_folder("", tmp_path / "data") == root / place


def test_what_somebody_put_into_the_data_folder_comes_first(root: Path, tmp_path: Path) -> None:
    (root / "applets").mkdir(parents=True)
    (tmp_path / "data/applets").mkdir(parents=True)
    assert applets_folder("", tmp_path / "data") == tmp_path / "data/applets"


def test_without_any_folder_there_are_none(tmp_path: Path) -> None:
    assert applets_folder("", tmp_path / "data") is None
