"""Why a browser shows nothing: the page names it with a way on, and the technician is told."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.pages.headers import PAGE_HEADERS
from tests.stage.customers.browser import launch_with
from tests.stage.customers.helping import Helped, HelpedSession
from tests.stage.customers.site import Site
from tests.stage.until import WAIT_S

expect.set_options(timeout=WAIT_S * 1000)

REFUSING = """
for (const way of ["getDisplayMedia", "getUserMedia"]) {
    if (!(way in MediaDevices.prototype)) continue;
    MediaDevices.prototype[way] = () => new Promise((_, refuse) => {
        const [name, message, after] = window.refusal;
        setTimeout(() => refuse(new DOMException(message, name)), after);
    });
}
"""
"""Makes the browser refuse with ``window.refusal``, as real ones were seen to do."""
PHONE = "delete MediaDevices.prototype.getDisplayMedia;"
INSECURE_HOST = "rescue.test"


def refuse(page: Page, name: str, message: str, after_ms: int) -> None:
    page.evaluate("refusal => { window.refusal = refusal; }", [name, message, after_ms])


def allow(page: Page) -> None:
    page.locator("#consent-allow:enabled").click()


def ask_to_see(helping: HelpedSession, page: Page) -> None:
    helping.ask(Power.VIEW)
    expect(page.locator("#consent-title")).to_be_visible()


@pytest.mark.parametrize(
    ("refusal", "word", "sentence"),
    [
        (
            ("NotAllowedError", "Permission denied by system", 150),
            PowerHindrance.DENIED_BY_SYSTEM,
            "Screen & System Audio Recording",
        ),
        (
            ("NotAllowedError", "Permission denied by user", 1500),
            PowerHindrance.NOTHING_CHOSEN,
            "Nothing was chosen",
        ),
        (
            ("NotReadableError", "Could not start video source", 300),
            PowerHindrance.NOT_READABLE,
            "Close other programs",
        ),
        (
            ("NotFoundError", "Requested device not found", 100),
            PowerHindrance.NOTHING_FOUND,
            "found nothing that it could show",
        ),
        (("AbortError", "Timeout", 300), PowerHindrance.BROKEN_OFF, "Try again"),
    ],
    ids=lambda value: value.value if isinstance(value, PowerHindrance) else "",
)
def test_a_refusal_is_named_on_the_page_and_told_to_the_technician(
    site: Site,
    context: BrowserContext,
    page: Page,
    refusal: tuple[str, str, int],
    word: PowerHindrance,
    sentence: str,
) -> None:
    context.add_init_script(REFUSING)
    helped = Helped(site, page)
    ask_to_see(helped, page)
    refuse(page, *refusal)
    allow(page)

    expect(page.locator("#consent-problem")).to_contain_text(sentence)
    helped.wait_for_hindrance(Power.VIEW, word)
    # The question stays open: whoever has followed the advice need not be asked again.
    assert helped.consent(Power.VIEW) is Consent.ASKED
    expect(page.locator("#consent-allow:enabled")).to_be_visible()


def test_a_policy_that_comes_with_the_page_is_known_before_the_person_is_asked(
    site: Site, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a server in between may add it.
    monkeypatch.setitem(PAGE_HEADERS, "Permissions-Policy", "display-capture=()")
    helped = Helped(site, page)
    ask_to_see(helped, page)

    expect(page.locator("#consent-text")).to_contain_text("A rule of whoever manages")
    expect(page.locator("#consent-allow")).to_be_hidden()
    helped.wait_for_hindrance(Power.VIEW, PowerHindrance.DENIED_BY_POLICY)
    page.locator("#consent-deny").click()
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    assert helped.hindrance(Power.VIEW) == PowerHindrance.DENIED_BY_POLICY


def test_tabs_are_offered_by_a_browser_that_has_them(site: Site, page: Page) -> None:
    ask_to_see(Helped(site, page), page)

    expect(page.locator("#consent-text")).to_contain_text("the whole screen, a window or a tab")


def test_over_plain_http_the_page_asks_for_a_link_with_https(
    site: Site, browser: Browser, profile: Path
) -> None:
    context = launch_with(browser, profile, f"--host-resolver-rules=MAP {INSECURE_HOST} 127.0.0.1")
    page = context.new_page()
    session = site.create()
    page.goto(session.link.replace("127.0.0.1", INSECURE_HOST))
    page.locator("button.main").click()
    site.wait_for(session, SessionStatus.WAITING)
    site.start(session)
    helping = HelpedSession(site, session)
    ask_to_see(helping, page)

    expect(page.locator("#consent-text")).to_contain_text("link that begins with https")
    helping.wait_for_hindrance(Power.VIEW, PowerHindrance.INSECURE)
    context.close()


def test_saying_no_and_stopping_are_two_things(
    site: Site, context: BrowserContext, page: Page
) -> None:
    context.add_init_script(
        "MediaDevices.prototype.getDisplayMedia = async () =>"
        " document.createElement('canvas').captureStream();"
    )
    helped = Helped(site, page)
    ask_to_see(helped, page)
    page.locator("#consent-deny").click()
    helped.wait_for_hindrance(Power.VIEW, PowerHindrance.DECLINED)
    ask_to_see(helped, page)
    helped.wait_for_hindrance(Power.VIEW, None)
    allow(page)
    helped.wait_for_consent(Power.VIEW, Consent.GRANTED)
    page.locator("#screen-stop").click()
    helped.wait_for_hindrance(Power.VIEW, PowerHindrance.TAKEN_BACK)


def test_a_camera_is_nowhere_called_a_screen(
    site: Site, context: BrowserContext, page: Page
) -> None:
    context.add_init_script(PHONE + REFUSING)
    helped = Helped(site, page)
    ask_to_see(helped, page)
    expect(page.locator("#consent-title")).to_have_text(
        "Show your camera’s picture to your technician?"
    )
    helped.wait_for_hindrance(Power.VIEW, PowerHindrance.CAMERA_ONLY)
    refuse(page, "NotReadableError", "Device in use", 50)
    allow(page)
    expect(page.locator("#consent-problem")).to_contain_text("another program is using it")
    helped.wait_for_hindrance(Power.VIEW, PowerHindrance.CAMERA_NOT_READABLE)

    page.evaluate(
        "() => { MediaDevices.prototype.getUserMedia = async () =>"
        " document.createElement('canvas').captureStream(); }"
    )
    allow(page)
    helped.wait_for_consent(Power.VIEW, Consent.GRANTED)
    helped.wait_for_hindrance(Power.VIEW, PowerHindrance.CAMERA_ONLY)
    expect(page.locator("#screen-title")).to_have_text("What your camera shows")
    expect(page.locator("#allowed")).to_contain_text("See through the camera")
    assert "screen" not in page.locator("#allowed").inner_text().lower()


def test_what_fails_after_a_reload_is_said_beside_the_button(
    site: Site, context: BrowserContext, page: Page
) -> None:
    context.add_init_script(
        "MediaDevices.prototype.getDisplayMedia = async () =>"
        " document.createElement('canvas').captureStream();"
    )
    helped = Helped(site, page)
    ask_to_see(helped, page)
    allow(page)
    helped.wait_for_consent(Power.VIEW, Consent.GRANTED)
    context.add_init_script(REFUSING)
    page.reload()
    refuse(page, "NotAllowedError", "Permission denied by system", 20)
    page.locator("#screen-again").click()

    expect(page.locator("#screen-problem")).to_contain_text("does not let this browser record")
    helped.wait_for_hindrance(Power.VIEW, PowerHindrance.DENIED_BY_SYSTEM)
    assert helped.consent(Power.VIEW) is Consent.GRANTED
    page.evaluate(
        "() => { MediaDevices.prototype.getDisplayMedia = async () =>"
        " document.createElement('canvas').captureStream(); }"
    )
    page.locator("#screen-again").click()
    expect(page.locator("#screen-problem")).to_be_hidden()
    helped.wait_for_hindrance(Power.VIEW, None)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A folder for the profile of a browser whose IT or user has set what sites may do."""
    return tmp_path / "profile"


def set_up(profile: Path, **settings: int) -> Path:
    """Write what sites may do, as the browser's own settings would: 2 forbids it."""
    (profile / "Default").mkdir(parents=True)
    content = {"profile": {"default_content_setting_values": settings}}
    (profile / "Default" / "Preferences").write_text(json.dumps(content), "utf-8")
    return profile


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_browser_that_takes_no_cookies_does_not_use_up_the_link(
    site: Site, browser: Browser, profile: Path, browser_two: Page, *, scripts: bool
) -> None:
    settings = {"cookies": 2} | ({} if scripts else {"javascript": 2})
    session = site.create()
    context = launch_with(browser, set_up(profile, **settings))
    page = context.new_page()
    page.goto(session.link)
    if scripts:
        expect(page.locator("#cookies")).to_contain_text("Your link is not used up")
    page.locator("button.main").click()
    expect(page.locator("#cookies")).to_contain_text("Allow cookies for this page")
    assert page.url == f"{site.url}/Customer/Join"
    assert site.status(session) in (SessionStatus.INVITED, SessionStatus.CONNECTING)
    context.close()
    browser_two.goto(session.link)
    browser_two.locator("button.main").click()
    site.wait_for(session, SessionStatus.WAITING)


def test_a_browser_without_scripts_says_so_and_the_technician_is_told(
    site: Site, browser: Browser, profile: Path
) -> None:
    session = site.create()
    helping = HelpedSession(site, session)
    context = launch_with(browser, set_up(profile, javascript=2))
    page = context.new_page()
    page.goto(session.link)
    expect(page.locator("noscript p")).to_contain_text("runs no scripts. You can join")
    page.locator("button.main").click()
    page.wait_for_url(f"{site.url}/Customer/Session")
    expect(page.locator("noscript p")).to_contain_text("your technician, who has been told")
    helping.wait_for_hindrance(Power.VIEW, PowerHindrance.NO_SCRIPTS)
    helping.wait_for_hindrance(Power.FILES, PowerHindrance.NO_SCRIPTS)
    site.start(session)
    helping.ask(Power.VIEW)
    assert helping.hindrance(Power.VIEW) == PowerHindrance.NO_SCRIPTS
    context.close()
