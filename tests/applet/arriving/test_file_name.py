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
        (f"/home/marie/Rescue-618689-{KEY}@help.example.org.bin", "help.example.org"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example.org (1).bin", "help.example.org"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example.org(1).bin", "help.example.org"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example.org-1.bin", "help.example.org"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example (1).org", "help.example.org"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example(12).org", "help.example.org"),
        (f"/home/marie/Rescue-618689-{KEY}@127.0.0 (1).1+8080", "127.0.0.1:8080"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example (copie 2).org", "help.example.org"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example_1.org", "help.example.org"),
        (f"C:\\Users/Rescue-618689-{KEY}@help.example - Copy (2).exe", "help.example"),
        (f"/Users/marie/Rescue-618689-{KEY}@help.example copy 2.app/x", "help.example"),
        (f"/home/marie/Copy of Rescue-618689-{KEY}@help.example.org.bin", "help.example.org"),
        (f"C:\\Users/(1) Rescue-618689-{KEY}@help.example[1].EXE", "help.example"),
        (f"/home/marie/Rescue-618689-{KEY}@help.example.org.bin.1", "help.example.org"),
        (f"/Users/marie/Rescue-618689-{KEY}.app/Contents/MacOS/rescue-applet", ""),
    ],
)
def test_the_file_name_holds_the_invitation_and_perhaps_the_server(path: str, server: str) -> None:
    named = read_file_name(path)

    assert named is not None
    assert (named.link.code, named.link.key, named.server) == ("618689", KEY, server)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/usr/bin/python3",
        "Rescue-618689.exe",
        f"Rescue-12-{KEY}",
        f"Rescue-618689-{KEY[1:]}",
        f"NotRescue-618689-{KEY}",
    ],
)
def test_any_other_file_name_is_ignored(path: str) -> None:
    assert read_file_name(path) is None
