"""Paths that a console names are accepted only on this computer."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from rescue_console.applet.duties.folder_listing import is_whole


@pytest.mark.parametrize(
    "path",
    [
        "\\\\192.0.2.1\\share",
        "//192.0.2.1/share/a",
        "\\\\host@80\\dav\\a",
        "\\\\.\\PhysicalDrive0",
        "\\\\?\\UNC\\192.0.2.1\\share",
        "C:a",
        "\\a",
        "a",
        "",
    ],
)
def test_no_path_leads_a_windows_computer_to_another_computer(path: str) -> None:
    assert not is_whole(PureWindowsPath(path))


def test_whole_paths_are_recognized() -> None:
    assert is_whole(PureWindowsPath("C:\\Users\\Zoë"))
    assert is_whole(PurePosixPath("/home/zoe"))
