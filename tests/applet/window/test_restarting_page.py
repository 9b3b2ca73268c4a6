"""The page of the countdown before a restart, on a real screen."""

import tkinter
from collections.abc import Iterator
from tkinter import ttk
from unittest.mock import Mock, create_autospec

import pytest

from rescue_console.applet.window.restarting_page import RestartingPage
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Person, Restarting
from rescue_console.protocol.choices import Language


@pytest.fixture
def person() -> Mock:
    person: Mock = create_autospec(Person, instance=True)
    return person


@pytest.fixture
def page(root: tkinter.Tk, person: Mock) -> Iterator[RestartingPage]:
    page = RestartingPage(root, Texts(Language("en")), lambda: person)
    page.frame.pack()
    yield page
    page.frame.destroy()


def buttons(page: RestartingPage) -> dict[str, ttk.Button]:
    """Return the visible buttons by their text."""
    return {
        str(child.cget("text")): child
        for child in page.frame.winfo_children()
        if isinstance(child, ttk.Button) and child.winfo_manager()
    }


def test_the_restart_can_be_cancelled_during_the_countdown(
    page: RestartingPage, person: Mock
) -> None:
    page.show(Restarting("Marie", 10))
    assert set(buttons(page)) == {"Restart now", "Cancel"}
    buttons(page)["Cancel"].invoke()
    person.cancel_restart.assert_called_once_with()


def test_everything_can_be_stopped_while_the_computer_still_runs(
    page: RestartingPage, person: Mock
) -> None:
    page.show(Restarting("Marie", 1))
    page.show(Restarting("Marie", 0))
    page.show(Restarting("Marie", 0, "Everything was stopped."))
    assert set(buttons(page)) == {"Stop", "End session"}
    buttons(page)["Stop"].invoke()
    person.stop.assert_called_once_with()
    buttons(page)["End session"].invoke()
    person.end.assert_called_once_with()
