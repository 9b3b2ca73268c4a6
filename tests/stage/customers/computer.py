"""The customer's computer: a screen with a browser, a notepad and the applet."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from rescue_console.protocol.choices import Language
from tests.stage.applets.running import Person, started_applet
from tests.stage.checkout import ROOT
from tests.stage.customers.browser import REAL_ADDRESSES, SHARE_SCREEN, launch
from tests.stage.customers.customer import Customer
from tests.stage.desk.desk import WAIT_S
from tests.stage.desk.home import Home
from tests.stage.displays.desktop_screen import desktop_screen
from tests.stage.displays.virtual_display import wait_for_window

WIDTH, HEIGHT = 1280, 800
BROWSER = ["--window-position=0,0", "--window-size=560,790"]
NOTEPAD = (290, 300, 565, 440)
"""Width, height, left and top of the notepad: beside the browser, below the applet."""


class CustomerComputer(Customer):
    """A customer with a whole computer, not only a browser page.

    Attributes:
        temporary: The folder for the applet's temporary files.
        environment: The variables for every program here.
        person: Somebody using mouse and keyboard.
        written: The file in which the notepad saves its text.
    """

    def __init__(self, page: Page, home: Home, screen: Mapping[str, str], folder: Path) -> None:
        super().__init__(page)
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.environment = home.environment | {"TMPDIR": str(self.temporary)}
        self.person = Person(dict(screen))
        self.downloads = home.folder / "Downloads"
        self.written = folder / "written.txt"
        self._folder = folder
        self._applet: subprocess.Popen[str] | None = None
        self._at_the_end = ExitStack()
        self._file = folder / "not fetched"

    # The notepad

    def text(self) -> str:
        """Return the text in the notepad."""
        return self.written.read_text("utf-8")

    @staticmethod
    def place_of_page(across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
        """Return a place in the notepad as fractions of the screen's width and height.

        Args:
            across: The place as a fraction of the notepad's width.
            down: The place as a fraction of its height.
        """
        width, height, left, top = NOTEPAD
        return (left + across * width) / (WIDTH - 1), (top + down * height) / (HEIGHT - 1)

    # The applet

    def fetch_applet(self, link: str) -> Path:
        """Click on *link*; keep the download under its suggested name and make it executable."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=link, exact=True).click()
        self._file = self._folder / coming.value.suggested_filename
        coming.value.save_as(self._file)
        self._file.chmod(0o700)
        return self._file

    def run_applet(self) -> None:
        """Run the fetched file."""
        program = (str(self._file),)
        self._applet = self._at_the_end.enter_context(
            started_applet(self.environment, program=program, folder=self._folder)
        )

    def height_of_applet(self) -> int:
        """Return how many pixels high the applet's window is: a question makes it higher."""
        return self.person.height_of_applet()

    def choose_file(self, title: str, file: Path) -> None:
        """Type the path of *file* into the applet's file dialog, which has that title."""
        self.person.look_at(f"^{title}")
        self.person.do("type", str(file))
        self.person.do("key", "Return")

    def end_of_applet(self) -> int:
        """Wait until the applet has ended by itself; return its exit code."""
        assert self._applet is not None
        return self._applet.wait(WAIT_S)

    def left_behind(self) -> list[str]:
        """Return what is left of the applet: temporary files and processes."""
        files = [str(path) for path in self.temporary.iterdir()]
        return files + [f"process {number}" for number in _running(self._file)]

    def close(self) -> None:
        """End the applet if it is still running, as a log-out would, so that it can clean up."""
        self._at_the_end.close()


def _running(program: Path) -> list[str]:
    """Return the numbers of the processes that run *program*."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "exe").readlink() == program:
                found.append(process.name)
        except OSError:
            # The process is another user's, or has just ended.
            continue
    return found


@contextmanager
def customer_computer(folder: Path, language: Language) -> Iterator[CustomerComputer]:
    """Switch the computer on; its browser and the notepad are open."""
    folder.mkdir()
    with ExitStack() as stack:
        screen = stack.enter_context(desktop_screen(WIDTH, HEIGHT))
        home = Home(folder / "home", screen, language)
        page = stack.enter_context(_browser(screen, language))
        computer = CustomerComputer(page, home, screen, folder)
        stack.callback(computer.close)
        stack.enter_context(_notepad(computer.written, screen))
        yield computer


@contextmanager
def _browser(screen: Mapping[str, str], language: Language) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = launch(playwright, SHARE_SCREEN, REAL_ADDRESSES, *BROWSER, screen=screen)
        context = browser.new_context(locale=language, no_viewport=True)
        context.set_default_timeout(WAIT_S * 1000)
        yield context.new_page()
        browser.close()


@contextmanager
def _notepad(file: Path, screen: Mapping[str, str]) -> Iterator[None]:
    width, height, left, top = NOTEPAD
    geometry = f"{width}x{height}+{left}+{top}"
    program = [sys.executable, "-m", "tests.stage.customers.notepad", str(file), geometry]
    process = subprocess.Popen(program, env=dict(screen), cwd=ROOT)
    try:
        wait_for_window("^Notepad$", dict(screen))
        yield
    finally:
        process.terminate()
        process.wait(WAIT_S)
