"""Showing the screen from the customer's page, in a real browser on its own display."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import SendSignal
from rescue_console.protocol.signals import SignalKind
from tests.stage.customers.browser import SHARE_SCREEN, launch
from tests.stage.customers.helping import Helped
from tests.stage.customers.site import Site, open_site
from tests.stage.displays.virtual_display import virtual_display, wait_for_window
from tests.stage.programs import starts_programs
from tests.stage.until import WAIT_S

expect.set_options(timeout=WAIT_S * 1000)

WATCH = """
window.asked = [];
window.tracks = [];
for (const way of ["getDisplayMedia", "getUserMedia"]) {
    const real = MediaDevices.prototype[way];
    MediaDevices.prototype[way] = async function (wanted) {
        window.asked.push(way);
        const stream = await real.call(this, wanted);
        window.tracks.push(...stream.getTracks());
        return stream;
    };
}
"""
"""Records what the page asks the browser for and what it gets; the browser itself answers."""


REFUSE = """() => {
    MediaDevices.prototype.getDisplayMedia = async () => {
        window.asked.push("refused");
        throw new DOMException("", "NotAllowedError");
    };
}"""
"""Makes the person close the browser's own question without choosing anything, from now on."""

STOP_FROM_RIGHT = 118
"""Pixels from the right end of the browser's own bar to the middle of its *Stop sharing* button."""


@pytest.fixture(scope="module")
@starts_programs
def display() -> Iterator[dict[str, str]]:
    with virtual_display() as environment:
        yield environment


@pytest.fixture(scope="module")
@starts_programs
def sharing_browser(display: dict[str, str]) -> Iterator[Browser]:
    """A browser whose user chooses the whole screen whenever it asks."""
    with sync_playwright() as playwright:
        chromium = launch(playwright, SHARE_SCREEN, screen=display)
        yield chromium
        chromium.close()


@pytest.fixture
def sharing(sharing_browser: Browser) -> Iterator[BrowserContext]:
    made = sharing_browser.new_context(locale="en-GB")
    made.set_default_timeout(WAIT_S * 1000)
    made.add_init_script(WATCH)
    yield made
    made.close()


@pytest.fixture
def helped(site: Site, sharing: BrowserContext) -> Helped:
    return Helped(site, sharing.new_page())


def see(helped: Helped) -> None:
    """Ask for the screen, allow it, and let the person choose."""
    helped.ask(Power.VIEW)
    helped.page.locator("#consent-allow:enabled").click()
    helped.wait_for_consent(Power.VIEW, Consent.GRANTED)
    expect(helped.page.locator("#screen")).to_have_attribute("data-state", "connecting")


def asked(page: Page) -> list[str]:
    return list(page.evaluate("window.asked"))


def tracks(page: Page) -> list[str]:
    """Return, for each track that the page ever got, ``live`` or ``ended``."""
    return list(page.evaluate("window.tracks.map(({ readyState }) => readyState)"))


def wait_for_tracks(page: Page, *states: str) -> None:
    page.wait_for_function(
        "wanted => window.tracks.map(({ readyState }) => readyState).join() === wanted",
        arg=",".join(states),
    )


def test_showing_is_explained_before_the_browser_is_asked(helped: Helped) -> None:
    page = helped.page
    helped.ask(Power.VIEW)
    expect(page.locator("#consent-title")).to_have_text("Show your screen to your technician?")
    expect(page.locator("#consent-text")).to_contain_text("You choose next what is shown")
    expect(page.locator("#consent-allow:enabled")).to_be_visible()
    assert asked(page) == []
    page.locator("#consent-allow").click()
    helped.wait_for_consent(Power.VIEW, Consent.GRANTED)
    assert asked(page) == ["getDisplayMedia"]
    expect(page.locator("#allowed")).to_contain_text("See the screen")


def test_a_denial_asks_the_browser_for_nothing(helped: Helped) -> None:
    helped.ask(Power.VIEW)
    helped.page.get_by_role("button", name="Don’t allow").click()
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    assert asked(helped.page) == []


def test_after_closing_the_browsers_own_question_the_person_can_retry_or_deny(
    helped: Helped,
) -> None:
    page = helped.page
    page.evaluate(REFUSE)
    helped.ask(Power.VIEW)
    for _ in range(2):
        page.locator("#consent-allow:enabled").click()
        expect(page.locator("#consent-problem")).to_be_visible()
    assert asked(page) == ["refused", "refused"]
    assert helped.consent(Power.VIEW) is Consent.ASKED
    page.get_by_role("button", name="Don’t allow").click()
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    expect(page.locator("#screen")).to_be_hidden()


def test_stop_ends_the_picture_before_the_server_knows(
    sharing: BrowserContext, tmp_path: Path
) -> None:
    page = sharing.new_page()
    with open_site(tmp_path) as site:
        helped = Helped(site, page)
        see(helped)
        port = urlsplit(site.url).port or 0
    expect(page.locator("#lost")).to_be_visible()
    assert tracks(page) == ["live"]
    page.locator("#screen-stop").click()
    assert tracks(page) == ["ended"]
    expect(page.locator("#screen")).to_be_hidden()
    expect(page.locator("#allowed")).to_be_hidden()
    with open_site(tmp_path, port) as site:
        helped.site = site
        helped.wait_for_consent(Power.VIEW, Consent.DENIED)
        expect(page.locator("#lost")).to_be_hidden()
        expect(page.locator("#screen")).to_be_hidden()
        assert tracks(page) == ["ended"]


def press_stop_sharing(display: dict[str, str]) -> None:
    """Press the button in the bar that the browser itself shows while the screen is shared."""
    bar = wait_for_window("is sharing your screen", display)
    shown = subprocess.run(
        ["xdotool", "getwindowgeometry", "--shell", bar],
        env=display,
        check=True,
        capture_output=True,
        text=True,
    )
    place = dict(line.split("=") for line in shown.stdout.split())
    x, y = int(place["WIDTH"]) - STOP_FROM_RIGHT, int(place["HEIGHT"]) // 2
    press = ["mousemove", "--window", bar, str(x), str(y), "click", "1"]
    subprocess.run(["xdotool", *press], env=display, check=True)


def test_the_browsers_own_bar_ends_both_picture_and_consent(
    helped: Helped, display: dict[str, str]
) -> None:
    see(helped)
    press_stop_sharing(display)
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    assert tracks(helped.page) == ["ended"]
    expect(helped.page.locator("#screen")).to_be_hidden()
    expect(helped.page.locator("#allowed")).to_be_hidden()
    helped.wait_for_sent(SignalKind.VIEW_ENDED, 1)


@pytest.mark.parametrize(
    "way", ["#screen-stop", "#stop-everything", "#allowed [data-power=view] button"]
)
def test_every_way_to_stop_ends_picture_and_consent_at_once(helped: Helped, way: str) -> None:
    see(helped)
    helped.page.locator(way).click()
    assert tracks(helped.page) == ["ended"]
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    expect(helped.page.locator("#screen")).to_be_hidden()
    helped.wait_for_sent(SignalKind.VIEW_ENDED, 1)
    assert helped.sent(SignalKind.VIEW_ENDED) == ["stopped"]


def test_a_pause_sends_nothing_and_keeps_the_choice(helped: Helped) -> None:
    page = helped.page
    see(helped)
    page.locator("#screen-pause").click()
    expect(page.locator("#screen-state")).to_contain_text("Paused")
    helped.wait_for_sent(SignalKind.VIEW_ENDED, 1)
    assert helped.sent(SignalKind.VIEW_ENDED) == ["paused"]
    offers = len(helped.sent(SignalKind.OFFER))
    # A console that comes back during the pause is told about it, and gets no offer.
    ready = SendSignal(kind=SignalKind.VIEW_READY)
    site = helped.site
    site.do(site.parts.signals.send(site.caller, helped.session.id, ready))
    helped.wait_for_sent(SignalKind.VIEW_ENDED, 2)
    assert helped.sent(SignalKind.VIEW_ENDED) == ["paused", "paused"]
    assert len(helped.sent(SignalKind.OFFER)) == offers
    page.locator("#screen-pause").click()
    helped.wait_for_sent(SignalKind.OFFER, offers + 1)
    assert asked(page) == ["getDisplayMedia"]


def test_choosing_again_shows_something_else(helped: Helped) -> None:
    page = helped.page
    see(helped)
    page.locator("#screen-other").click()
    wait_for_tracks(page, "ended", "live")
    assert asked(page) == ["getDisplayMedia"] * 2
    assert helped.consent(Power.VIEW) is Consent.GRANTED


def test_choosing_nothing_keeps_what_is_shown(helped: Helped) -> None:
    page = helped.page
    see(helped)
    page.evaluate(REFUSE)
    page.locator("#screen-other").click()
    page.wait_for_function("window.asked.includes('refused')")
    assert tracks(page) == ["live"]
    assert helped.consent(Power.VIEW) is Consent.GRANTED


def test_after_a_reload_nothing_is_shown_until_the_person_chooses_again(
    helped: Helped,
) -> None:
    page = helped.page
    see(helped)
    page.reload()
    expect(page.locator("#screen-state")).to_contain_text("choose what to show")
    helped.wait_for_sent(SignalKind.VIEW_ENDED, 1)
    assert helped.sent(SignalKind.VIEW_ENDED) == ["reloaded"]
    assert asked(page) == []
    assert helped.consent(Power.VIEW) is Consent.GRANTED
    page.locator("#screen-again").click()
    expect(page.locator("#screen")).to_have_attribute("data-state", "connecting")
    assert tracks(page) == ["live"]


def test_a_hold_ends_the_picture(site: Site, helped: Helped) -> None:
    see(helped)
    site.hold(helped.session)
    wait_for_tracks(helped.page, "ended")
    expect(helped.page.locator("#screen")).to_be_hidden()


def test_a_second_tab_does_not_disturb_the_picture_of_the_first(
    helped: Helped, sharing: BrowserContext
) -> None:
    see(helped)
    second = sharing.new_page()
    second.goto(helped.page.url)
    expect(second.locator("#allowed")).to_contain_text("See the screen")
    site = helped.site
    answer = SendSignal(kind=SignalKind.ANSWER, body="{}")
    site.do(site.parts.signals.send(site.caller, helped.session.id, answer))
    # For the tab that shows the picture this is an invalid answer; the other tab ignores it.
    expect(helped.page.locator("#screen")).to_have_attribute("data-state", "failed")
    expect(second.locator("#screen")).to_be_hidden()
    assert helped.sent(SignalKind.VIEW_ENDED) == []
    assert tracks(helped.page) == ["live"]


def test_stop_in_a_second_tab_ends_the_picture_of_the_first(
    helped: Helped, sharing: BrowserContext
) -> None:
    see(helped)
    second = sharing.new_page()
    second.goto(helped.page.url)
    second.locator("#stop-everything").click()
    wait_for_tracks(helped.page, "ended")
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    expect(second.locator("#allowed")).to_be_hidden()


def test_when_the_tab_with_the_picture_closes_another_offers_to_go_on(
    helped: Helped, sharing: BrowserContext
) -> None:
    see(helped)
    second = sharing.new_page()
    second.goto(helped.page.url)
    expect(second.locator("#allowed")).to_contain_text("See the screen")
    helped.page.close()
    expect(second.locator("#screen-again")).to_be_visible()
    helped.wait_for_sent(SignalKind.VIEW_ENDED, 1)
    assert helped.sent(SignalKind.VIEW_ENDED) == ["reloaded"]
