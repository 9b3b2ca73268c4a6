"""What is said where a security code is shown, or cannot be."""

import pytest
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.words.security_code import applet_code_text, page_code_text

CODE = "1234 5678 9012"
TOGETHER = CODE.replace(" ", "\N{NO-BREAK SPACE}")


def test_the_digits_are_shown_with_whose_they_are(qapp: QApplication) -> None:
    assert page_code_text(CODE, page_is_old=False) == f"Security code: {TOGETHER}"
    assert applet_code_text(CODE) == f"Security code of the applet: {TOGETHER}"
    assert page_code_text("", page_is_old=False) == ""


def test_a_program_that_is_too_old_is_named_and_shows_no_digits(qapp: QApplication) -> None:
    page, applet = page_code_text(CODE, page_is_old=True), applet_code_text("")
    assert page.startswith("No security code: the customer’s page is an older version.")
    assert applet.startswith("No security code: the customer’s applet is an older version.")
    assert CODE not in page


@pytest.mark.usefixtures("french")
def test_it_is_said_in_french() -> None:
    assert page_code_text("", page_is_old=True).startswith("Pas de code de sécurité")
    assert applet_code_text("").startswith("Pas de code de sécurité")
    assert applet_code_text(CODE) == f"Code de sécurité de l’applet\u00a0: {TOGETHER}"
