import pytest

from rescue_console.applet.arriving.options import read_options

KEY = "AbCdEfGhIjKlMnOpQrS-_1"
NAMED = f"/home/marie/Rescue-618689-{KEY}@evil.example"


def test_a_file_name_cannot_send_an_applet_built_for_one_server_to_another() -> None:
    options = read_options([], NAMED, "https://help.example")

    assert options.server is not None
    assert options.server.host == "help.example"
    assert not options.confirm


def test_a_server_in_the_file_name_must_be_confirmed() -> None:
    options = read_options([], NAMED, "")

    assert options.server is not None
    assert options.server.url == "https://evil.example"
    assert options.confirm


def test_options_override_the_file_name() -> None:
    arguments = ["--server", "https://a.example", "--code", "123456", "--key", KEY]
    options = read_options(arguments, NAMED, "")

    assert options.link is not None
    assert options.link.code == "123456"
    assert not options.confirm


@pytest.mark.parametrize("named", [NAMED, "/usr/bin/rescue-applet"])
@pytest.mark.parametrize(
    "said",
    [
        "https://evil.example",
        "http://help.example",
        "https://help.example:8443",
        "https://help.example.evil.example",
        "localhost:8080",
    ],
)
def test_an_applet_that_was_built_for_a_server_refuses_an_option_that_names_another(
    capsys: pytest.CaptureFixture[str], said: str, named: str
) -> None:
    arguments = ["--server", said, "--code", "123456", "--key", KEY]
    with pytest.raises(SystemExit):
        read_options(arguments, named, "https://help.example")

    assert "goes to no other server" in capsys.readouterr().err


@pytest.mark.parametrize("said", ["https://help.example", "HELP.example:443/", "help.example"])
def test_its_own_server_may_be_named(said: str) -> None:
    options = read_options(["--server", said], "rescue-applet", "https://help.example/")

    assert options.server is not None
    assert options.server.url == "https://help.example"


def test_nobody_is_sent_to_another_machine_without_encryption(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        read_options(["--server", "http://help.example"], "rescue-applet", "")

    assert "https://" in capsys.readouterr().err


def test_a_server_that_an_option_names_is_confirmed_before_a_pin_is_typed_for_it() -> None:
    assert read_options(["--server", "https://help.example"], "rescue-applet", "").confirm


def test_without_options_or_a_telling_file_name_the_person_is_asked() -> None:
    options = read_options([], "/usr/bin/rescue-applet", "")

    assert options.server is None
    assert options.link is None


def test_a_code_without_its_key_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(["--code", "123456"], "rescue-applet", "")

    assert "--key" in capsys.readouterr().err


def test_a_key_may_begin_with_a_dash() -> None:
    key = "-bCdEfGhIjKlMnOpQrS-_1"
    options = read_options(["--code", "123456", "--key", key], "/usr/bin/rescue-applet", "")

    assert options.link is not None
    assert options.link.key == key


def test_after_a_restart_only_the_name_of_the_restart_counts() -> None:
    name = "rescue-applet-0123456789abcdef"
    options = read_options(["--return", name], NAMED, "")

    assert options.returning == name
    assert (options.server, options.link) == (None, None)


@pytest.mark.parametrize("name", ["../../etc", "rescue-applet-", "rescue-applet-0123456789ABCDEF"])
def test_a_name_that_is_not_a_restarts_is_refused(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_options(["--return", name], "rescue-applet", "")

    assert "--return" in capsys.readouterr().err
