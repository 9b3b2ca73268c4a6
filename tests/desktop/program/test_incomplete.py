"""An installation that cannot show the console says what to do."""

from rescue_console.desktop.program.incomplete import (
    WITHOUT_FORMS,
    WITHOUT_PACKAGES,
    what_is_missing,
)


def test_this_checkout_lacks_nothing() -> None:
    assert what_is_missing() == ""


def test_without_qt_the_extra_is_named() -> None:
    assert what_is_missing(lambda module: module != "PySide6") == WITHOUT_PACKAGES


def test_without_compiled_forms_the_command_is_named() -> None:
    assert what_is_missing(lambda module: module == "PySide6") == WITHOUT_FORMS
