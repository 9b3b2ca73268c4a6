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
