from pathlib import Path

import pytest

from rescue_console.desktop.program.command_line import Options, read_options


def test_the_program_starts_without_options() -> None:
    assert read_options([]) == Options()


def test_a_server_can_be_named() -> None:
    assert read_options(["--server", "https://help.example.org"]).server == (
        "https://help.example.org"
    )


def test_a_named_server_and_the_embedded_one_exclude_each_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        read_options(["--local", "--server", "https://help.example.org"])
    assert "not allowed with" in capsys.readouterr().err


def test_the_embedded_server_can_be_given_a_folder_of_applets(tmp_path: Path) -> None:
    options = read_options(["--local", "--applets", str(tmp_path)])
    assert options == Options(local=True, applets=str(tmp_path))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--local", "--applets", "no/such/folder"], "there is no folder no/such/folder"),
        (["--applets", "."], "--applets goes with --local"),
    ],
)
def test_a_folder_of_applets_that_is_of_no_use_is_refused(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_options(arguments)
    assert words in capsys.readouterr().err
