"""Stop and End session stay within reach, whatever else the window shows."""

import tkinter
from collections.abc import Iterator
from tkinter import ttk
from unittest.mock import Mock, create_autospec

import pytest

from rescue_console.applet.window.helping_page import HelpingPage
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Helping, Person
from rescue_console.protocol.choices import Language
from rescue_console.protocol.powers import Power

SMALL_SCREEN = 768
FROM_TOP = 60 + 40
"""Pixels above the page: the window's distance from the top, and its title bar."""

LONG = "Marie Martin de l’Assistance Informatique"
FULL = Helping(
    organization="Dupont & Fils",
    technician=LONG,
    title=f"{LONG} vous aide.",
    text="Vous pouvez tout arrêter à tout moment.",
    granted=tuple(power for power in Power if power is not Power.REBOOT),
    asked=Power.REBOOT,
    security_code="1234 5678 9012",
    notice="Reçu",
    stop_keys="Ctrl+Alt+Pause",
)


@pytest.fixture
def person() -> Mock:
    person: Mock = create_autospec(Person, instance=True)
    return person


@pytest.fixture
def page(root: tkinter.Tk, person: Mock) -> Iterator[HelpingPage]:
    page = HelpingPage(root, Texts(Language("fr")), lambda: person)
    page.frame.pack()
    page.show(FULL)
    root.update()
    yield page
    page.frame.destroy()


def button(page: HelpingPage, text: str) -> ttk.Button:
    """Return the button that says *text*."""
    waiting: list[tkinter.Misc] = [page.frame]
    while waiting:
        widget = waiting.pop()
        if isinstance(widget, ttk.Button) and widget.cget("text") == text:
            return widget
        waiting += widget.winfo_children()
    raise LookupError(text)


def bottom(page: HelpingPage, text: str) -> int:
    """Return the pixel at which a button ends on a small screen."""
    found = button(page, text)
    found.update_idletasks()
    return FROM_TOP + found.winfo_rooty() - page.frame.winfo_rooty() + found.winfo_height()


def test_with_everything_granted_the_session_can_still_be_ended_on_a_small_screen(
    page: HelpingPage,
) -> None:
    assert page.frame.winfo_height() + FROM_TOP > SMALL_SCREEN
    assert bottom(page, "Arrêter") < SMALL_SCREEN
    assert bottom(page, "Terminer la session") < SMALL_SCREEN
    page.ask_to_end()
    page.frame.update()
    assert bottom(page, "Oui, terminer") < SMALL_SCREEN


def test_stop_can_be_clicked_while_files_are_chosen(root: tkinter.Tk, page: HelpingPage) -> None:
    dialog = f"{page.frame}.__tk_filedialog"
    held: list[bool] = []

    def look() -> None:
        there = root.tk.getboolean(root.tk.call("winfo", "exists", dialog))
        if there and root.tk.getboolean(root.tk.call("winfo", "viewable", dialog)):
            held.append(bool(root.tk.call("grab", "current")))
        # Wait until the dialog's grab has been released, but not forever.
        if held[-1:] == [False] or len(held) > 100:
            root.tk.call("destroy", dialog)
        else:
            root.after(10, look)

    look()
    button(page, "Envoyer des fichiers…").invoke()

    assert held[-1:] == [False]
