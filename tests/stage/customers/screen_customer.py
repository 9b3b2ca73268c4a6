"""A customer: a real Chromium on an X screen of their own, and a coloured window on it."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

from tests.stage.checkout import ROOT
from tests.stage.customers.browser import REAL_ADDRESSES, SHARE_SCREEN, launch
from tests.stage.displays.virtual_display import virtual_display

T = TypeVar("T")
WAIT_S = 60.0

SHARING = [SHARE_SCREEN, REAL_ADDRESSES, "--window-position=0,0", "--window-size=900,1000"]


class Customer:
    """A customer at a screen; the browser runs in a thread of its own."""

    def __init__(self, environment: dict[str, str], page: Page, thread: ThreadPoolExecutor) -> None:
        self.environment = environment
        self._page = page
        self._thread = thread

    def begin(self, act: Callable[[Page], T]) -> "Future[T]":
        """Let the customer do *act*; return at once."""
        return self._thread.submit(act, self._page)

    def do(self, act: Callable[[Page], T]) -> T:
        """Let the customer do *act*; return when it is done."""
        return self.begin(act).result(WAIT_S)

    def join(self, link: str) -> None:
        def act(page: Page) -> None:
            page.goto(link)
            page.get_by_role("button", name="Join in this browser").click()
            page.wait_for_url("**/Customer/Session")

        self.do(act)

    def allow(self) -> None:
        """Allow the power that is being asked for."""
        self.do(lambda page: page.locator("#consent-allow:enabled").click())

    @contextmanager
    def window(self, x: int, y: int, width: int, height: int) -> Iterator[Callable[[str], int]]:
        """Put a window on the screen; yield a function that changes its colour.

        The function returns the monotonic time, in nanoseconds, at which the colour was shown.
        """
        words = [str(number) for number in (x, y, width, height)]
        with subprocess.Popen(
            [sys.executable, "-m", "tests.stage.customers.colour_window", *words],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            output = process.stdout
            assert output.readline() == "ready\n"
            colours = process.stdin

            def show(colour: str) -> int:
                colours.write(f"{colour}\n")
                colours.flush()
                return int(output.readline())

            try:
                yield show
            finally:
                colours.close()


@contextmanager
def customer(
    width: int = 1280, height: int = 1024, *more: str, enter: Callable[[], None] | None = None
) -> Iterator[Customer]:
    """Open the browser on a new screen of that many pixels.

    Args:
        more: Further arguments of the browser.
        enter: Called first on the thread that starts the browser.
    """
    with (
        virtual_display(width, height) as environment,
        ThreadPoolExecutor(1, initializer=enter) as thread,
        _browser(thread, *SHARING, *more, screen=environment) as browser,
    ):
        page = _do(thread, lambda: _page(browser, no_viewport=True))
        yield Customer(environment, page, thread)


@contextmanager
def customer_without_screen(script: str) -> Iterator[Customer]:
    """Open the browser without a window; on each page, *script* runs first."""
    with ThreadPoolExecutor(1) as thread, _browser(thread, REAL_ADDRESSES) as browser:
        page = _do(thread, lambda: _page(browser))
        _do(thread, lambda: page.add_init_script(script))
        yield Customer({}, page, thread)


@contextmanager
def _browser(
    thread: ThreadPoolExecutor, *more: str, screen: Mapping[str, str] | None = None
) -> Iterator[Browser]:
    playwright = _do(thread, lambda: sync_playwright().start())
    try:
        browser = _do(thread, lambda: launch(playwright, *more, screen=screen))
        yield browser
        _do(thread, browser.close)
    finally:
        _do(thread, playwright.stop)


def _page(browser: Browser, **options: Any) -> Page:
    page = browser.new_context(locale="en-GB", **options).new_page()
    page.set_default_timeout(WAIT_S * 1000)
    return page


def _do(thread: ThreadPoolExecutor, act: Callable[[], T]) -> T:
    return thread.submit(act).result(WAIT_S)
