"""Takes pictures of every page: ``python -m deploy.pictures.pages FOLDER``.

There is one in each language and theme, as wide as a desktop and as narrow as a small phone.
"""

import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rescue_console.protocol.choices import ConnectionMethod
from tests.stage.customers.browser import launch
from tests.stage.customers.site import Site, link_parts, open_site
from tests.stage.languages import LANGUAGES

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
SIZES = {"desktop": (1280, 860), "phone": (360, 740)}
AGENTS = {
    "desktop": None,
    "phone": (
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 Mobile Safari/537.36"
    ),
}


def shown_pages(site: Site, page: Page) -> Iterator[str]:
    """Lead *page* through every page, and yield the name of each while it is shown."""
    page.goto(site.url)
    yield "pin"
    page.locator("#code").fill("123")
    page.locator("#code").press("Enter")
    page.locator("#error").wait_for()
    yield "pin-refused"
    session = site.create(ConnectionMethod.PIN, name="Jean Dupont")
    parts = link_parts(site, session)
    link = f"{site.url}/Customer/Code.aspx?i=1&Code={parts.code}&k={parts.key}"
    page.goto(link)
    yield "join"
    page.locator("form[action='/Customer/Join'] button").click()
    page.locator("[data-status=waiting]").wait_for()
    yield "waiting"
    page.locator("#ask button").click()
    page.locator("dialog[open]").wait_for()
    yield "leave"
    page.locator("#stay").click()
    site.start(session)
    page.locator("[data-status=active]").wait_for()
    yield "active"
    page.context.set_offline(True)
    page.locator("#lost").wait_for()
    yield "lost"
    page.context.set_offline(False)
    page.locator("#lost").wait_for(state="hidden")
    site.hold(session)
    page.locator("[data-status=on_hold]").wait_for()
    yield "on-hold"
    site.close(session)
    page.locator("[data-status=closed_by_technician]").wait_for()
    yield "over"
    page.goto(link)
    yield "link-over"
    yield from _refusals(site, page)


def _refusals(site: Site, page: Page) -> Iterator[str]:
    page.goto(f"{site.url}/Customer/Code.aspx?i=2&Code=000000&k=")
    yield "link-unknown"
    expired = site.create()
    site.expire(expired)
    page.goto(expired.link)
    yield "link-expired"
    taken = site.create()
    site.join(taken)
    page.goto(taken.link)
    yield "link-joined"
    site.close(taken)


def contexts(browser: Browser) -> Iterator[tuple[str, BrowserContext]]:
    """Open a browser context for each language, theme and size; yield its name with it."""
    theme: Theme
    for language, theme, size in product(LANGUAGES, THEMES, SIZES):
        width, height = SIZES[size]
        context = browser.new_context(
            locale=language,
            color_scheme=theme,
            viewport={"width": width, "height": height},
            user_agent=AGENTS[size],
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        yield f"{language}-{theme}-{size}", context
        context.close()


def main() -> None:
    """Write the pictures into the folder given on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        open_site(Path(data)) as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for name, context in contexts(browser):
            page = context.new_page()
            for shown in shown_pages(site, page):
                page.screenshot(path=folder / f"{shown}-{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
