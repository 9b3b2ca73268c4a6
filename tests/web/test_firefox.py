"""What the customer's page says in Firefox, which shows and refuses in ways of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.customers.firefox import INSECURE_HOST, Firefox, firefox
from tests.stage.customers.helping import HelpedSession
from tests.stage.customers.site import Site
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.programs import starts_programs

JOINED = "/Customer/Session"
BY_DEFAULT = {
    "media__peerconnection__enabled": True,
    "media__navigator__permission__disabled": False,
    "network__cookie__cookieBehavior": 5,
}


@pytest.fixture(scope="module")
@starts_programs
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    folder = Path(tmp_path_factory.mktemp("firefox"))
    with virtual_display() as screen, firefox(screen, folder) as browser:
        yield browser


@pytest.fixture
def browser(running: Firefox) -> Firefox:
    running.forget_permissions()
    running.forget_cookies()
    running.prefer(**BY_DEFAULT)
    return running


def helped(site: Site, browser: Firefox, host: str = "127.0.0.1") -> HelpedSession:
    """Let the customer join in *browser*, and start to help."""
    session = site.create(name="Anna Example")
    browser.open(session.link.replace("127.0.0.1", host))
    browser.click("button.main")
    browser.wait_for_path(JOINED)
    site.wait_for(session, SessionStatus.WAITING)
    site.start(session)
    browser.wait_for_text("#title", "is helping you")
    return HelpedSession(site, session)


def ask_to_see(helping: HelpedSession, browser: Firefox) -> str:
    """Ask to see the screen; return what the question says."""
    helping.ask(Power.VIEW)
    browser.wait_for_text("#consent-title", "to your technician?")
    return browser.text("#consent-text")


def test_no_tabs_are_promised_where_none_are_offered(site: Site, browser: Firefox) -> None:
    told = ask_to_see(helped(site, browser), browser)

    assert "the whole screen or a window" in told
    assert "tab" not in told


def test_a_remembered_block_is_named_and_can_be_lifted(site: Site, browser: Firefox) -> None:
    helping = helped(site, browser)
    browser.block_screen(site.url)
    ask_to_see(helping, browser)
    # The first refusal also loads what the browser needs for it: that may take as long as a person.
    browser.click("#consent-allow")
    browser.wait_for_text("#consent-problem", "block")
    browser.click("#consent-allow")
    browser.wait_for_text("#consent-problem", "has been told to block the screen")
    helping.wait_for_hindrance(Power.VIEW, PowerHindrance.BLOCKED)
    assert helping.consent(Power.VIEW) is Consent.ASKED

    browser.forget_permissions()
    browser.prefer(media__navigator__permission__disabled=True)
    browser.click("#consent-allow")
    helping.wait_for_consent(Power.VIEW, Consent.GRANTED)
    helping.wait_for_hindrance(Power.VIEW, None)


def test_without_webrtc_nobody_is_asked_for_a_picture_that_cannot_be_sent(
    site: Site, browser: Firefox
) -> None:
    browser.prefer(media__peerconnection__enabled=False)
    helping = helped(site, browser)

    assert "WebRTC is switched off" in ask_to_see(helping, browser)
    assert browser.text("#consent-allow") == ""
    helping.wait_for_hindrance(Power.VIEW, PowerHindrance.NO_WEBRTC)
    browser.click("#consent-deny")
    helping.wait_for_consent(Power.VIEW, Consent.DENIED)
    assert helping.hindrance(Power.VIEW) == PowerHindrance.NO_WEBRTC

    helping.ask(Power.FILES)
    browser.wait_for_text("#consent-text", "WebRTC is switched off")
    helping.wait_for_hindrance(Power.FILES, PowerHindrance.NO_WEBRTC)


def test_over_plain_http_the_page_asks_for_a_link_with_https(site: Site, browser: Firefox) -> None:
    helping = helped(site, browser, INSECURE_HOST)

    assert "link that begins with https" in ask_to_see(helping, browser)
    helping.wait_for_hindrance(Power.VIEW, PowerHindrance.INSECURE)


def test_a_browser_that_takes_no_cookies_does_not_use_up_the_link(
    site: Site, browser: Firefox
) -> None:
    browser.prefer(network__cookie__cookieBehavior=2)
    session = site.create(name="Anna Example")
    browser.open(session.link)

    browser.wait_for_text("#cookies", "Your link is not used up")
    browser.click("button.main")
    browser.wait_for_path("/Customer/Join")
    browser.wait_for_text("#cookies", "Allow cookies for this page")
    assert site.status(session) is SessionStatus.CONNECTING

    browser.prefer(**BY_DEFAULT)
    browser.open(session.link)
    browser.click("button.main")
    browser.wait_for_path(JOINED)
    site.wait_for(session, SessionStatus.WAITING)
