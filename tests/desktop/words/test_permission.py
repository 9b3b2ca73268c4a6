"""Permissions and device platforms have names that people know."""

import pytest
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.words.permission import missing_permission, permission_text
from rescue_console.desktop.words.platform import platform_name
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.permissions import Permission


def test_every_permission_has_a_name_of_its_own(qapp: QApplication) -> None:
    assert len({permission_text(each) for each in Permission}) == len(Permission)


@pytest.mark.usefixtures("french")
def test_the_missing_permission_is_named_in_french() -> None:
    assert missing_permission(Permission.MOBILE_MODULE) == (
        "Votre groupe n’a pas l’autorisation «\u00a0Module mobile\u00a0»."
    )


def test_when_any_of_several_would_do_all_are_named(qapp: QApplication) -> None:
    sentence = missing_permission(Permission.METHOD_PIN, Permission.METHOD_LINK)
    assert "Connection method: PIN code” or “Connection method: link" in sentence


@pytest.mark.usefixtures("french")
def test_only_automatic_detection_is_translated() -> None:
    names = [platform_name(each) for each in DevicePlatform]
    assert names[0] == "Détection automatique"
    assert names[1:] == ["Windows", "macOS", "Linux", "ChromeOS", "Android", "iOS/iPadOS"]
