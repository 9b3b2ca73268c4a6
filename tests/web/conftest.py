"""One running site and one browser for all tests of the pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.stage.customers.browser import launch
from tests.stage.customers.site import Site, open_site
from tests.stage.programs import starts_programs
from tests.stage.until import WAIT_S


@pytest.fixture(scope="session")
@starts_programs
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(Path(tmp_path_factory.mktemp("site"))) as running:
        yield running


# One browser per test file: Playwright keeps its event loop running in the thread until it stops,
# and the tests of the next file may need their own loop there.
@pytest.fixture(scope="module")
@starts_programs
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    made.set_default_timeout(WAIT_S * 1000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def _page(browser: Browser, script: str = "", **options: Any) -> Iterator[Page]:
    made = browser.new_context(**({"locale": "en-GB"} | options))
    if script:
        made.add_init_script(script)
    made.set_default_timeout(WAIT_S * 1000)
    yield made.new_page()
    made.close()


@pytest.fixture
def browser_two(browser: Browser) -> Iterator[Page]:
    """A page in a second browser, without the first one's cookies."""
    yield from _page(browser)


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    yield from _page(browser, java_script_enabled=False)


@pytest.fixture
def ipad(browser: Browser) -> Iterator[Page]:
    """A page in a browser that claims to be Safari on an iPad that requests desktop pages."""
    yield from _page(
        browser,
        "Object.defineProperty(Navigator.prototype, 'maxTouchPoints', {get: () => 5})",
        user_agent=(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.4 Safari/605.1.15"
        ),
        extra_http_headers={"sec-ch-ua-platform": '"macOS"'},
    )
