"""Questions in the applet's window, on a real screen: no misplaced click allows anything."""

import tkinter
from collections.abc import Iterator
from dataclasses import replace
from tkinter import ttk
from unittest.mock import Mock, create_autospec

import pytest

from rescue_console.applet.window import helping_page
from rescue_console.applet.window.helping_page import HelpingPage
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Helping, Person
from rescue_console.protocol.choices import Language
from rescue_console.protocol.powers import Power

ASKED = Helping("Dupont", "Marie", "Your technician is here.", "", asked=Power.CLIPBOARD)


@pytest.fixture
def person() -> Mock:
    person: Mock = create_autospec(Person, instance=True)
    return person


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helping_page, "CALM_MS", 50)


@pytest.fixture
def page(root: tkinter.Tk, person: Mock) -> Iterator[HelpingPage]:
    page = HelpingPage(root, Texts(Language("en")), lambda: person)
    page.frame.pack()
    yield page
    page.frame.destroy()


def allow_of(widget: tkinter.Misc) -> ttk.Button:
    """Return the button that allows what is asked for."""
    for child in widget.winfo_children():
        if isinstance(child, ttk.Button) and child.cget("text") == "Allow":
            return child
        if isinstance(child, ttk.Frame) and child.winfo_children():
            try:
                return allow_of(child)
            except LookupError:
                continue
    raise LookupError


def show(page: HelpingPage, view: Helping) -> ttk.Button:
    """Show *view*, lay everything out, and return the Allow button.

    The window's timers do not run meanwhile, however busy the machine is.
    """
    page.show(view)
    page.frame.update_idletasks()
    return allow_of(page.frame)


def until_ready(button: ttk.Button) -> None:
    """Run the window until *button* can be pressed."""
    while button.instate(["disabled"]):
        button.update()


@pytest.mark.parametrize(
    ("view", "shown", "hidden"),
    [
        (replace(ASKED, security_code="1234 5678 9012"), "1234 5678 9012", "No security code"),
        (replace(ASKED, no_code=True), "No security code", "Security code: "),
        (ASKED, "Your technician is here.", "ecurity code"),
    ],
    ids=["code", "technician's program too old", "no channel"],
)
def test_the_security_code_is_shown_or_why_there_is_none(
    page: HelpingPage, view: Helping, shown: str, hidden: str
) -> None:
    show(page, view)
    texts = "\n".join(words_of(page.frame))
    assert shown in texts
    assert hidden not in texts


def words_of(widget: tkinter.Misc) -> Iterator[str]:
    """Yield the texts of the labels that are shown."""
    for child in widget.winfo_children():
        if isinstance(child, ttk.Label) and child.winfo_manager():
            yield str(child.cget("text"))
        yield from words_of(child)


def test_a_question_can_be_allowed_only_after_a_moment(page: HelpingPage, person: Mock) -> None:
    button = show(page, ASKED)
    button.invoke()
    person.allow.assert_not_called()
    assert str(button.cget("takefocus")) == "1"

    until_ready(button)
    button.invoke()
    person.allow.assert_called_once_with(Power.CLIPBOARD, allowed=True)


def test_the_second_click_does_not_allow_the_next_question(page: HelpingPage, person: Mock) -> None:
    until_ready(show(page, ASKED))
    show(page, replace(ASKED, asked=Power.CONTROL, granted=(Power.CLIPBOARD,))).invoke()

    person.allow.assert_not_called()


def test_a_question_that_has_moved_cannot_be_allowed_at_once(
    page: HelpingPage, person: Mock
) -> None:
    until_ready(show(page, ASKED))
    show(page, replace(ASKED, no_control="That is not possible here.")).invoke()

    person.allow.assert_not_called()


def test_what_appears_below_a_question_does_not_disable_it(page: HelpingPage, person: Mock) -> None:
    until_ready(show(page, ASKED))
    show(page, replace(ASKED, granted=(Power.FILES,), notice="Received: a.txt")).invoke()

    person.allow.assert_called_once_with(Power.CLIPBOARD, allowed=True)


def test_a_page_destroyed_before_its_question_is_ready_leaves_no_error(
    root: tkinter.Tk, person: Mock
) -> None:
    page = HelpingPage(root, Texts(Language("en")), lambda: person)
    page.frame.pack()
    show(page, ASKED)
    page.frame.destroy()
    problems: list[str] = []
    root.report_callback_exception = lambda *error: problems.append(str(error))
    over: list[bool] = []
    root.after(helping_page.CALM_MS, over.append, True)
    while not over:
        root.update()

    assert problems == []
