"""Unexpected errors: shown once, in plain words, with details that can be copied."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.unexpected import UnexpectedErrors, details


def fault(text: str) -> Exception:
    """Return an error that was raised here, always on the same line."""
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        return error


def other_fault() -> Exception:
    try:
        return fault(os.environ["MISSING"])
    except KeyError as error:
        return error


@pytest.fixture
def errors(qtbot: QtBot) -> Iterator[UnexpectedErrors]:
    window = QWidget()
    qtbot.addWidget(window)
    errors = UnexpectedErrors(window)
    yield errors
    if errors.dialog is not None:
        errors.dialog.close()


def shown(errors: UnexpectedErrors) -> str:
    assert errors.dialog is not None
    return errors.dialog.ui.detailsEdit.toPlainText()


def test_an_error_is_shown_without_stopping_the_window(errors: UnexpectedErrors) -> None:
    errors.report(fault("the first"))
    assert errors.dialog is not None
    assert errors.dialog.isVisible()
    assert not errors.dialog.isModal()
    assert "RuntimeError: the first" in shown(errors)


def test_the_same_fault_is_shown_once(errors: UnexpectedErrors) -> None:
    errors.report(fault("the first"))
    errors.report(fault("the second"))
    assert "the second" not in shown(errors)


def test_another_fault_joins_the_first_in_the_open_dialog(errors: UnexpectedErrors) -> None:
    errors.report(fault("the first"))
    errors.report(other_fault())
    assert "the first" in shown(errors)
    assert "KeyError: 'MISSING'" in shown(errors)


def test_the_details_can_be_copied(errors: UnexpectedErrors) -> None:
    errors.report(fault("the first"))
    assert errors.dialog is not None
    errors.dialog.ui.copyButton.click()
    assert QGuiApplication.clipboard().text() == shown(errors)
    assert errors.dialog.ui.copiedMessage.text() == "Copied"


def test_the_details_name_the_versions_and_no_secret() -> None:
    text = details(fault("GET /Customer/Code.aspx?i=2&Code=618689&k=abcdefghijklmnopqrst-_"))
    assert text.startswith("Rescue Console ")
    assert "Python" in text
    assert "618689" not in text


@pytest.mark.parametrize("expected_errors", [["Uncaught"]])
def test_an_uncaught_error_is_logged_and_shown(errors: UnexpectedErrors) -> None:
    error = fault("the first")
    errors.on_uncaught(type(error), error, error.__traceback__)
    assert "RuntimeError: the first" in shown(errors)


def test_an_interrupt_from_the_keyboard_is_no_error(errors: UnexpectedErrors) -> None:
    errors.on_uncaught(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert errors.dialog is None
