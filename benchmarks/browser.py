"""The customer's browser: a real Chromium with an empty cache."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from tests.stage.customers.browser import launch
from tests.stage.until import WAIT_S


@contextmanager
def customer_pages(count: int) -> Iterator[list[Page]]:
    """Open *count* pages, each with its own cookies and cache."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        contexts = [chromium.new_context(locale="en-GB") for _ in range(count)]
        for context in contexts:
            context.set_default_timeout(WAIT_S * 1000)
        yield [context.new_page() for context in contexts]
        chromium.close()
