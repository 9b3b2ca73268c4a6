"""Every page in a real browser: it is readable, usable without a mouse, and small."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Response, expect

from deploy.pictures.pages import SIZES, shown_pages
from rescue_console.protocol.choices import ConnectionMethod
from tests.stage.customers.site import Site
from tests.stage.until import WAIT_S

AUDIT = Path(__file__).with_name("audit.js").read_text("utf-8")
PAGE_BUDGET = 60_000
"""Bytes that the join page may load before joining."""
PAGE_AIM = 25_000
"""Bytes that the join page may take on the wire."""


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("en", "light", "desktop"), ("fr", "dark", "phone"), ("fr", "light", "phone")],
)
def test_every_page_is_accessible_to_everybody(
    site: Site, browser: Browser, language: str, theme: Literal["light", "dark"], size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        locale=language,
        color_scheme=theme,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT_S * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(_error(error)))
    page.on("console", lambda message: complaints.extend(_policy(message)))
    for shown in shown_pages(site, page):
        assert page.evaluate(AUDIT) == [], shown
        assert page.locator("html").get_attribute("lang") == language
    context.close()
    assert complaints == []


def test_the_join_page_works_with_the_keyboard_alone(site: Site, page: Page) -> None:
    session = site.create()
    page.goto(session.link)
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert reached == ["Skip to the content", "English", "Français", "Join in this browser"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/Customer/Session")
    page.get_by_role("button", name="Leave").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Leave")).to_be_focused()


def test_the_pin_field_has_the_focus_at_once(site: Site, page: Page) -> None:
    page.goto(site.url)
    expect(page.get_by_label("PIN code")).to_be_focused()


def test_hostile_names_are_shown_as_text(site: Site, page: Page) -> None:
    name = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}'
    session = site.create(name=name)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto(session.link)
    expect(page.get_by_text(name)).to_be_visible()
    assert page.locator("main img").count() == 0


def test_very_long_names_fit_into_a_narrow_window(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    session = site.create(ConnectionMethod.LINK, name="W" * 200)
    page.goto(session.link)
    assert page.evaluate(AUDIT) == []


def test_the_join_page_is_small(site: Site, page: Page) -> None:
    session = site.create()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(session.link, wait_until="networkidle")
    names = {answer.url.rpartition("/")[2] for answer in answers}
    assert {"join.css", "invitation.js", "live.js", "mark.svg"} <= names
    sizes = [answer.request.sizes() for answer in answers]
    sent = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert sent <= PAGE_AIM
    assert sum(len(answer.body()) for answer in answers) <= PAGE_BUDGET


def _error(error: Error) -> str:
    return error.message


def _policy(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []
