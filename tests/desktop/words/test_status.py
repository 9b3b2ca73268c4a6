import pytest
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.session_list.filter import Shown
from rescue_console.desktop.session_list.filter_text import shown_text
from rescue_console.desktop.words.status import status_text
from rescue_console.protocol.statuses import SessionStatus


def test_every_status_has_a_name_of_its_own(qapp: QApplication) -> None:
    names = [status_text(status) for status in SessionStatus]
    assert len(set(names)) == len(SessionStatus)


def test_every_choice_of_the_filter_has_a_name_of_its_own(qapp: QApplication) -> None:
    assert len({shown_text(shown) for shown in Shown}) == len(Shown)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (SessionStatus.CONNECTING, "Connexion"),
        (SessionStatus.WAITING, "En attente"),
        (SessionStatus.ACTIVE, "Actif"),
    ],
)
def test_the_french_names_are_those_of_the_glossary(
    status: SessionStatus, name: str, french: None
) -> None:
    assert status_text(status) == name
