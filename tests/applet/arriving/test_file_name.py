import pytest

from rescue_console.applet.arriving.file_name import read_file_name

KEY = "AbCdEfGhIjKlMnOpQrS-_1"


@pytest.mark.parametrize(
    ("path", "server"),
    [
        (f"/home/marie/Downloads/Rescue-618689-{KEY}", ""),
        (f"/home/marie/Rescue-618689-{KEY}.exe", ""),
        (f"/home/marie/Rescue-618689-{KEY} (2).exe", ""),
        (f"/home/marie/Rescue-618689-{KEY}-1", ""),
        (f"/home/marie/Rescue-618689-{KEY}@help.example.exe", "help.example"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example+8443(1)", "help.example:8443"),
        (f"/Users/marie/Rescue-618689-{KEY}.app/Contents/MacOS/rescue-applet", ""),
    ],
)
def test_the_file_name_holds_the_invitation_and_perhaps_the_server(path: str, server: str) -> None:
    named = read_file_name(path)

    assert named is not None
    assert (named.link.code, named.link.key, named.server) == ("618689", KEY, server)


@pytest.mark.parametrize(
    "path",
    ["", "/usr/bin/python3", "Rescue-618689.exe", f"Rescue-12-{KEY}", f"Rescue-618689-{KEY[1:]}"],
)
def test_any_other_file_name_is_ignored(path: str) -> None:
    assert read_file_name(path) is None
