"""The applet's window on a real screen: what it says, and that it stays above other windows."""

import shutil
import tkinter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from Xlib import X
from Xlib.display import Display

from rescue_console.applet.duties.hands import STOP_KEYS_TEXT
from rescue_console.applet.window.helping_page import HelpingPage
from rescue_console.applet.window.page import Page
from rescue_console.applet.window.pages import EndedPage
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Ended, Helping, Person
from rescue_console.protocol.choices import Language
from tests.stage.applets.running import running_applet, running_target
from tests.stage.displays.desktop_screen import WINDOW_MANAGER, desktop_screen
from tests.stage.displays.virtual_display import wait_for_window
from tests.stage.until import until

HELPING = Helping("Dupont", "Marie", "Your technician is here.", "")


def nobody() -> Person:
    raise AssertionError("nothing is pressed")


def texts_on(page: Page) -> list[str]:
    """Return each text that the page shows."""

    def below(widget: tkinter.Misc) -> Iterator[tkinter.Misc]:
        for child in widget.winfo_children():
            yield child
            yield from below(child)

    page.frame.pack()
    page.frame.update_idletasks()
    shown = [each for each in below(page.frame) if each.winfo_manager() and "text" in each.keys()]  # noqa: SIM118 (a widget cannot be iterated)
    return [text for each in shown if (text := str(each.cget("text")))]


@pytest.mark.parametrize(
    ("language", "keys"), [(Language("en"), "So do"), (Language("fr"), "aussi")]
)
def test_the_stop_keys_are_named_only_while_they_work(
    root: tkinter.Tk, language: Language, keys: str
) -> None:
    page = HelpingPage(root, Texts(language), nobody)
    page.show(replace(HELPING, stop_keys=STOP_KEYS_TEXT))
    [said] = [text for text in texts_on(page) if "Ctrl+Alt+Pause" in text]
    assert keys in said
    page.show(replace(HELPING, stop_keys=""))
    assert "Ctrl+Alt+Pause" not in " ".join(texts_on(page))
    page.frame.destroy()


def test_the_window_says_why_control_is_impossible(root: tkinter.Tk) -> None:
    page = HelpingPage(root, Texts(Language("en")), nobody)
    page.show(replace(HELPING, no_control="That is not possible here."))
    assert "That is not possible here." in texts_on(page)
    assert "Allow" not in texts_on(page)
    page.frame.destroy()


def test_the_last_page_says_that_nothing_was_installed(root: tkinter.Tk) -> None:
    page = EndedPage(root, Texts(Language("en")), nobody)
    page.show(Ended("The session is over.", ""))
    assert "Nothing was installed. You can delete the downloaded file." in texts_on(page)
    page.frame.destroy()


@pytest.mark.skipif(shutil.which(WINDOW_MANAGER[0]) is None, reason="no window manager")
@pytest.mark.starts_programs
async def test_the_window_stays_above_one_that_opens_later() -> None:
    with desktop_screen() as environment:
        async with running_applet(environment), running_target(environment):
            applet, other = (
                int(wait_for_window(title, environment)) for title in ("^Rescue$", "^Target$")
            )
            with closing(Display(environment["DISPLAY"])) as display:
                above = display.intern_atom("_NET_WM_STATE_ABOVE")
                window = display.create_resource_object("window", applet)
                root = display.screen().root

                def read(window: Any, name: str) -> list[int]:
                    found = window.get_full_property(display.intern_atom(name), X.AnyPropertyType)
                    return [*found.value] if found else []

                await until(lambda: above in read(window, "_NET_WM_STATE"))
                # Windows are listed from the lowest to the highest.
                await until(lambda: other in read(root, "_NET_CLIENT_LIST_STACKING"))
                assert read(root, "_NET_CLIENT_LIST_STACKING")[-1] == applet
