"""The server's options, from the command line and the environment."""

from pathlib import Path

import pytest

from rescue_console import __version__
from rescue_console.protocol.choices import Language
from rescue_console.server.options import OwnerOptions, ServeOptions, read_options

OPTIONS = [
    ("host", "192.0.2.1"),
    ("public-url", "https://help.example.org"),
    ("database-url", "postgresql://rescue@db/rescue"),
    ("redis-url", "redis://events"),
    ("smtp-url", "smtp://mail.example.org"),
    ("tls-cert", "chain.pem"),
    ("tls-key", "key.pem"),
    ("trusted-proxies", "192.0.2.0/24"),
    ("metrics-from", "198.51.100.0/24"),
    ("log-level", "debug"),
]
TLS = {"RESCUE_TLS_CERT": "c.pem", "RESCUE_TLS_KEY": "k.pem"}


def served(arguments: list[str], environment: dict[str, str] | None = None) -> ServeOptions:
    options = read_options(arguments, environment or {})
    assert isinstance(options, ServeOptions)
    return options


def refused(
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    environment: dict[str, str] | None = None,
) -> str:
    """Return what is printed when *arguments* are refused."""
    with pytest.raises(SystemExit) as refusal:
        read_options(arguments, environment or {})
    assert refusal.value.code == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


def test_only_the_data_folder_must_be_given() -> None:
    assert served(["--data", "d"]) == ServeOptions(data=Path("d"))


@pytest.mark.parametrize(("name", "value"), OPTIONS)
def test_each_option_can_come_from_the_environment(name: str, value: str) -> None:
    variable = name.replace("-", "_")
    environment = {**TLS, "RESCUE_DATA": "d", f"RESCUE_{variable.upper()}": value}
    assert getattr(served([], environment), variable) == value


@pytest.mark.parametrize(("name", "value"), OPTIONS)
def test_an_option_wins_over_the_environment(name: str, value: str) -> None:
    variable = name.replace("-", "_")
    other = "warning" if name == "log-level" else "127.0.0.1"
    environment = {**TLS, "RESCUE_DATA": "d", f"RESCUE_{variable.upper()}": other}
    options = served([f"--{name}", value], environment)
    assert getattr(options, variable) == value


def test_data_folder_and_port_can_come_from_the_environment() -> None:
    options = served([], {"RESCUE_DATA": "d", "RESCUE_PORT": "4711"})
    assert (options.data, options.port) == (Path("d"), 4711)


def test_the_port_option_wins_over_the_environment() -> None:
    assert served(["--port", "80"], {"RESCUE_DATA": "d", "RESCUE_PORT": "4711"}).port == 80


@pytest.mark.parametrize("port", ["65536", "-1", "http", ""])
def test_an_invalid_port_is_refused(capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert "--port" in refused(capsys, ["--data", "d", f"--port={port}"])


def test_an_invalid_port_in_the_environment_is_refused_by_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "--port" in refused(capsys, ["--data", "d"], {"RESCUE_PORT": "http"})


@pytest.mark.parametrize(("name", "value"), [("log-level", "loud"), ("metrics-from", "everywhere")])
def test_an_invalid_value_is_refused_by_name(
    capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    assert f"--{name}" in refused(capsys, ["--data", "d", f"--{name}", value])
    variable = "RESCUE_" + name.upper().replace("-", "_")
    assert f"--{name}" in refused(capsys, ["--data", "d"], {variable: value})


def test_a_proxy_that_is_neither_address_nor_network_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refused(capsys, ["--data", "d", "--trusted-proxies", "127.0.0.1,proxy.example"])
    assert "--trusted-proxies" in said
    assert "proxy.example" in said


@pytest.mark.parametrize(
    "url", ["nonsense pa55phrase", "http://:pa55phrase@db", "redis://:pa55phrase@db:port"]
)
def test_a_bad_redis_url_is_refused_without_its_password(
    capsys: pytest.CaptureFixture[str], url: str
) -> None:
    said = refused(capsys, ["--data", "d", "--redis-url", url])
    assert "--redis-url" in said
    assert "pa55phrase" not in said


def test_a_certificate_without_its_key_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--tls-key" in refused(capsys, ["--data", "d", "--tls-cert", "c.pem"])


def test_the_data_folder_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--data" in refused(capsys, [])


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        read_options(["--help"], {})
    said = capsys.readouterr().out
    assert end.value.code == 0
    for name, _ in [*OPTIONS, ("data", ""), ("port", "")]:
        assert f"--{name}" in said
    assert "RESCUE_" in said
    assert "create-owner" in said


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(["--version"], {})
    assert capsys.readouterr().out.strip() == __version__


def test_an_owner_is_described_by_options() -> None:
    words = ["create-owner", "--data", "d", "--email", "a@b.example", "--name", "Ann"]
    options = read_options([*words, "--language", "fr", "--password-stdin"], {})
    assert options == OwnerOptions(
        data=Path("d"),
        database_url="",
        email="a@b.example",
        name="Ann",
        organization="Ann",
        language=Language("fr"),
    )


def test_no_option_takes_a_password(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["create-owner", "--data", "d", "--email", "a@b.example", "--name", "Ann"]
    assert "--password-stdin" in refused(capsys, words)
    with pytest.raises(SystemExit):
        read_options(["create-owner", "--help"], {})
    assert "--password " not in capsys.readouterr().out


def test_the_wait_for_postgresql_is_a_number_of_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    assert served(["--data", "d", "--database-wait", "5"]).database_wait == 5
    assert served(["--data", "d"], {"RESCUE_DATABASE_WAIT": "7"}).database_wait == 7
    for text in ("-1", "soon", "1e9", "90000"):
        assert "seconds" in refused(capsys, ["--data", "d", f"--database-wait={text}"])
