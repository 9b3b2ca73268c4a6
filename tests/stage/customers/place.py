"""A customer's place: a screen with a program on it, a real browser, and the applet."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PIL import ImageGrab
from playwright.sync_api import Playwright

from rescue_console.protocol.choices import Language
from rescue_console.protocol.links import LinkParts
from tests.stage.applets.running import Person, started_applet
from tests.stage.checkout import ROOT
from tests.stage.customers.browser import launch
from tests.stage.customers.customer import Customer
from tests.stage.customers.screen_customer import SHARING
from tests.stage.customers.shop_words import SHOP_WORDS
from tests.stage.desk.desk import WAIT_S
from tests.stage.displays.desktop_screen import desktop_screen
from tests.stage.displays.virtual_display import wait_for_window

SIZE = (1440, 860)
BROWSER = ("--window-position=16,16", "--window-size=560,790", "--hide-scrollbars", "--test-type")
APPLET = "rescue_console.applet"
MARGIN = 28
TITLE_HEIGHT = 20
"""Pixels added above a window in its picture, so that its title bar is included."""


class CustomerPlace:
    """A customer at their own computer.

    Attributes:
        customer: Uses the page in the browser.
        words: What else is on the screen.
        home: The home folder of the programs.
        person: Uses the real keyboard and mouse.
    """

    def __init__(
        self, screen: dict[str, str], customer: Customer, language: Language, home: Path
    ) -> None:
        self.customer = customer
        self.words = SHOP_WORDS[language]
        self.home = home
        self.person = Person(screen)
        self._screen = screen
        self._has_applet = False
        self._environment = _own(screen, language, home)
        self._printer = home.with_name(f"{home.name}-printer.txt")

    @contextmanager
    def program(self, language: Language) -> Iterator[None]:
        """Show the customer's own program while the block lasts."""
        words = ["tests.stage.customers.shop_computer", language, str(self._printer)]
        process = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=self._environment)
        try:
            wait_for_window(self.words.title, self._screen)
            yield
        finally:
            process.terminate()
            process.wait(WAIT_S)

    def printer(self) -> str:
        """Return the printer's name last typed into the customer's program; empty if none was."""
        return self._printer.read_text("utf-8") if self._printer.exists() else ""

    @contextmanager
    def applet(
        self, server: str, parts: LinkParts, program: str = APPLET
    ) -> Iterator["subprocess.Popen[str]"]:
        """Run the applet, which joins with *parts*, while the block lasts."""
        words = ["--server", server, "--code", parts.code, "--key", parts.key]
        module = (sys.executable, "-m", program)
        with started_applet(self._environment, *words, program=module) as process:
            self._has_applet = True
            try:
                yield process
            finally:
                self._has_applet = False

    def height_of_applet(self) -> int:
        """Return how high the applet's window is, in pixels; 0 while there is none."""
        return self.person.height_of_applet() if self._has_applet else 0

    def take_picture(self, path: Path) -> None:
        """Write a picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        ImageGrab.grab(xdisplay=self._screen["DISPLAY"]).save(path)

    def take_picture_of(self, title: str, path: Path) -> None:
        """Write a picture of the window whose title matches *title*, with a margin around it."""
        window = wait_for_window(title, self._screen)
        shown = subprocess.run(
            ["xwininfo", "-id", window],
            env=self._screen,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        left, top, width, height = (
            int(re.findall(rf"{word}:\s+(\d+)", shown)[0])
            for word in ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        )
        right, bottom = left + width + MARGIN, top + height + MARGIN
        first = (max(left - MARGIN, 0), max(top - MARGIN - TITLE_HEIGHT, 0))
        area = (*first, min(right, SIZE[0]), min(bottom, SIZE[1]))
        ImageGrab.grab(bbox=area, xdisplay=self._screen["DISPLAY"]).save(path)


def _own(screen: dict[str, str], language: Language, home: Path) -> dict[str, str]:
    """Return the variables for the customer's programs, with their own home and language."""
    kept = {name: value for name, value in screen.items() if not name.startswith(("XDG_", "LC_"))}
    locale = {Language("en"): "en_GB.UTF-8", Language("fr"): "fr_FR.UTF-8"}[language]
    return kept | {
        "HOME": str(home),
        "LANG": locale,
        "LANGUAGE": language,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }


@contextmanager
def customer_place(
    playwright: Playwright, language: Language, home: Path, theme: str = "light"
) -> Iterator[CustomerPlace]:
    """Set up a place for a customer who speaks *language*; everything is stopped afterwards."""
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        screen = stack.enter_context(desktop_screen(*SIZE))
        browser = launch(playwright, *SHARING, *BROWSER, screen=screen, automation_notice=False)
        stack.callback(browser.close)
        context = browser.new_context(
            locale=language,
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            no_viewport=True,
        )
        context.set_default_timeout(WAIT_S * 1000)
        place = CustomerPlace(screen, Customer(context.new_page()), language, home)
        with place.program(language):
            yield place
