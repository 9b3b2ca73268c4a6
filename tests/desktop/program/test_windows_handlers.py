"""What a registry of Windows says of mail clients. It is played: no Windows has run this."""

import pytest

from rescue_console.desktop.program.windows_handlers import has_handler, read_registry

CHOICE = (
    "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations"
    "\\mailto\\UserChoice"
)


def command(name: str) -> str:
    return f"HKEY_CLASSES_ROOT\\{name}\\shell\\open\\command"


@pytest.mark.parametrize(
    ("registry", "there"),
    [
        ({}, False),
        ({(command("mailto"), ""): '"C:\\Mail.exe" "%1"'}, True),
        ({(command("mailto"), ""): "  "}, False),
        ({(CHOICE, "ProgId"): "Gone.Url.mailto"}, False),
        (
            {
                (CHOICE, "ProgId"): "Mail.Url.mailto",
                (command("Mail.Url.mailto"), ""): '"C:\\Mail.exe" "%1"',
            },
            True,
        ),
        (
            {
                (CHOICE, "ProgId"): "AppX123",
                (command("AppX123"), "DelegateExecute"): "{4ED3A719-CEA8-4BD9-910D-E252F997AFC2}",
            },
            True,
        ),
        ({(command("http"), ""): "browser"}, False),
    ],
)
def test_a_mail_client_is_there_if_something_is_registered(
    registry: dict[tuple[str, str], str], there: bool
) -> None:
    assert has_handler("mailto", lambda key, value: registry.get((key, value), "")) is there


def test_a_registry_that_may_not_be_read_does_not_stand_in_the_way() -> None:
    def refuse(key: str, value: str) -> str:
        raise PermissionError(key)

    assert has_handler("mailto", refuse)


def test_elsewhere_there_is_no_registry() -> None:
    assert read_registry(CHOICE, "ProgId") == ""
