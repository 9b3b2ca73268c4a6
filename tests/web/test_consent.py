"""Consent on the customer's page, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.customers.helping import Helped
from tests.stage.customers.site import Site
from tests.stage.until import WAIT_S

expect.set_options(timeout=WAIT_S * 1000)


@pytest.fixture
def helped(site: Site, page: Page) -> Helped:
    return Helped(site, page)


@pytest.fixture
def offered(site: Site, tmp_path: Path) -> Iterator[Path]:
    """The applet that the site offers to browsers on Linux for the length of a test."""
    file = tmp_path / "rescue-applet"
    file.write_bytes(b"the applet")
    # The site's parts are shared by all tests, and the folder is fixed for good otherwise.
    object.__setattr__(site.parts.applets, "folder", tmp_path)
    yield file
    object.__setattr__(site.parts.applets, "folder", None)


def allow(page: Page) -> None:
    page.get_by_role("button", name="Allow", exact=True).click()


def test_a_power_is_explained_and_granted(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    dialog = page.get_by_role("dialog", name="Send and receive files?")
    expect(dialog).to_contain_text("Your technician can send you files")
    allow(page)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)
    expect(dialog).to_be_hidden()
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")


def test_a_denial_reaches_the_server_and_nothing_is_listed(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    page.get_by_role("button", name="Don’t allow").click()
    helped.wait_for_consent(Power.FILES, Consent.DENIED)
    expect(page.locator("#allowed")).to_be_hidden()


def test_escape_does_not_allow(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    expect(page.locator("#consent")).to_be_visible()
    page.keyboard.press("Escape")
    helped.wait_for_consent(Power.FILES, Consent.DENIED)


def test_enter_typed_into_the_chat_does_not_answer_a_question(helped: Helped, page: Page) -> None:
    page.get_by_label("Your message").press_sequentially("I am writ")
    helped.ask(Power.FILES)
    expect(page.locator("#consent")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator("#consent")).to_be_visible()
    assert helped.consent(Power.FILES) is Consent.ASKED


def test_questions_come_one_after_the_other(helped: Helped, page: Page) -> None:
    helped.ask(Power.VIEW)
    title = page.locator("#consent-title")
    expect(title).to_have_text("Show your screen to your technician?")
    helped.ask(Power.FILES)
    page.get_by_role("button", name="Don’t allow").click()
    expect(title).to_have_text("Send and receive files?")
    allow(page)
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)


def test_a_question_closes_when_the_technician_no_longer_asks(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    expect(page.locator("#consent")).to_be_visible()
    helped.drop(Power.FILES)
    expect(page.locator("#consent")).to_be_hidden()


def test_a_grant_is_taken_back_and_can_be_asked_for_again(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    allow(page)
    page.get_by_role("button", name="Take back: Send and receive files").click()
    helped.wait_for_consent(Power.FILES, Consent.DENIED)
    expect(page.locator("#allowed")).to_be_hidden()
    helped.ask(Power.FILES)
    expect(page.locator("#consent")).to_be_visible()


def test_grants_and_questions_are_there_again_after_a_reload(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    allow(page)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)
    helped.ask(Power.VIEW)
    page.reload()
    expect(page.locator("#consent-title")).to_have_text("Show your screen to your technician?")
    page.get_by_role("button", name="Don’t allow").click()
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")


def test_the_applets_powers_are_allowed_in_its_window_but_can_be_refused_on_the_page(
    helped: Helped, page: Page
) -> None:
    helped.bring_applet()
    helped.ask(Power.CONTROL)
    dialog = page.get_by_role("dialog", name="Let your technician use your mouse")
    expect(dialog).to_contain_text("answer in the window of the Rescue applet")
    expect(page.locator("#consent-allow")).to_be_hidden()
    helped.allow_in_applet(Power.CONTROL)
    expect(dialog).to_be_hidden()
    expect(page.locator("#allowed")).to_contain_text("Control mouse and keyboard")
    helped.ask(Power.CLIPBOARD)
    page.get_by_role("button", name="Don’t allow").click()
    helped.wait_for_consent(Power.CLIPBOARD, Consent.DENIED)


def test_everything_can_be_stopped_while_a_question_is_open(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    expect(page.locator("#consent-stop")).to_be_hidden()
    allow(page)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)
    helped.ask(Power.VIEW)
    dialog = page.get_by_role("dialog", name="Show your screen")
    dialog.get_by_role("button", name="Stop everything").click()
    helped.wait_for_consent(Power.FILES, Consent.DENIED)
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)
    expect(page.locator("#consent")).to_be_hidden()


def test_the_page_stays_usable_during_a_question_in_the_applet(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    allow(page)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)
    helped.bring_applet()
    helped.ask(Power.CONTROL)
    dialog = page.get_by_role("dialog", name="Let your technician use your mouse")
    expect(dialog).to_contain_text("answer in the window of the Rescue applet")
    page.get_by_role("button", name="Take back: Send and receive files").click()
    helped.wait_for_consent(Power.FILES, Consent.DENIED)
    expect(dialog).to_be_visible()


def test_a_question_moves_to_the_applet_once_it_connects(helped: Helped, page: Page) -> None:
    helped.ask(Power.FILES)
    expect(page.locator("#consent-allow")).to_be_visible()
    helped.bring_applet()
    expect(page.locator("#consent-text")).to_contain_text("window of the Rescue applet")
    expect(page.locator("#consent-allow")).to_be_hidden()


def test_before_a_restart_grants_stay_visible_and_the_restart_can_be_called_off(
    helped: Helped, page: Page
) -> None:
    helped.ask(Power.FILES)
    allow(page)
    helped.bring_applet()
    helped.ask(Power.REBOOT)
    expect(page.get_by_role("dialog", name="Let your technician restart")).to_be_visible()
    helped.allow_in_applet(Power.REBOOT)
    helped.wait_for_consent(Power.REBOOT, Consent.GRANTED)
    helped.restart()
    expect(page.get_by_text("Your device is restarting")).to_be_visible()
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")
    page.get_by_role("button", name="Take back: Restart the device").click()
    helped.site.wait_for(helped.session, SessionStatus.ACTIVE)
    assert helped.consent(Power.REBOOT) is Consent.DENIED
    assert helped.consent(Power.FILES) is Consent.GRANTED


def test_stop_everything_works_at_once_and_the_server_learns_of_it_later(
    helped: Helped, page: Page, context: BrowserContext
) -> None:
    helped.ask(Power.FILES)
    allow(page)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)
    context.set_offline(True)
    expect(page.locator("#lost")).to_be_visible()
    page.get_by_role("button", name="Stop everything").click()
    expect(page.locator("#allowed")).to_be_hidden()
    context.set_offline(False)
    helped.wait_for_consent(Power.FILES, Consent.DENIED)
    expect(page.locator("#allowed")).to_be_hidden()


def test_a_power_taken_back_stays_so_even_if_the_page_reloads_before_the_server_knows(
    helped: Helped, page: Page
) -> None:
    helped.ask(Power.FILES)
    allow(page)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)
    page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    page.get_by_role("button", name="Stop everything").click()
    expect(page.locator("#allowed")).to_be_hidden()
    assert helped.consent(Power.FILES) is Consent.GRANTED
    page.reload()
    helped.wait_for_consent(Power.FILES, Consent.DENIED)
    expect(page.locator("#allowed")).to_be_hidden()
    # Once the server knows, the page forgets it: the next question is a new one.
    helped.ask(Power.FILES)
    allow(page)
    helped.wait_for_consent(Power.FILES, Consent.GRANTED)
    assert page.evaluate("sessionStorage.length") == 0


def test_holding_the_session_ends_every_grant_and_question(
    site: Site, helped: Helped, page: Page
) -> None:
    helped.ask(Power.FILES)
    allow(page)
    expect(page.locator("#allowed")).to_be_visible()
    helped.ask(Power.VIEW)
    expect(page.locator("#consent")).to_be_visible()
    site.hold(helped.session)
    expect(page.locator("#allowed")).to_be_hidden()
    expect(page.locator("#consent")).to_be_hidden()


def test_a_browser_that_cannot_show_anything_says_so(
    site: Site, context: BrowserContext, page: Page
) -> None:
    context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'mediaDevices', {get: () => undefined})"
    )
    helped = Helped(site, page)
    helped.ask(Power.VIEW)
    expect(page.locator("#consent-text")).to_contain_text("can show neither its screen")
    expect(page.get_by_role("button", name="Allow", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Don’t allow").click()
    helped.wait_for_consent(Power.VIEW, Consent.DENIED)


@pytest.mark.parametrize(
    ("language", "title", "download", "answer", "deny"),
    [
        (
            "en",
            "Start the applet for your technician?",
            "Download the applet",
            "Answer in its window",
            "Don’t allow",
        ),
        (
            "fr",
            "Démarrer l’applet pour votre technicien\u00a0?",
            "Télécharger l’applet",
            "Répondez dans sa fenêtre",
            "Ne pas autoriser",
        ),
    ],
)
def test_the_page_asks_to_start_the_applet_and_shows_how(
    site: Site,
    page: Page,
    offered: Path,
    language: str,
    title: str,
    download: str,
    answer: str,
    deny: str,
) -> None:
    helped = Helped(site, page, language=language)
    helped.ask(Power.CONTROL)
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_contain_text(answer)
    expect(page.locator("#consent-allow")).to_be_hidden()
    with page.expect_download() as downloading:
        dialog.get_by_role("link", name=download).click()
    assert downloading.value.path().read_bytes() == offered.read_bytes()

    dialog.get_by_role("button", name=deny).click()
    helped.wait_for_consent(Power.CONTROL, Consent.DENIED)
    expect(dialog).to_be_hidden()


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The applet does not work from this network"),
        ("fr", "L’applet ne fonctionne pas depuis ce réseau"),
    ],
)
def test_who_is_asked_to_start_the_applet_reads_that_this_network_does_not_let_it_work(
    site: Site, page: Page, language: str, words: str
) -> None:
    page.add_init_script("delete window.WebSocket")
    Helped(site, page, language=language).ask(Power.CONTROL)
    expect(page.locator("#consent-start")).to_be_visible()
    expect(page.locator("#consent-plain")).to_be_visible()
    expect(page.locator("#consent-plain")).to_contain_text(words)


@pytest.mark.usefixtures("offered")
def test_the_question_moves_to_the_applet_that_the_customer_has_started(
    helped: Helped, page: Page
) -> None:
    helped.ask(Power.CONTROL)
    expect(page.locator("#consent-title")).to_have_text("Start the applet for your technician?")
    expect(page.locator("#consent-plain")).to_be_hidden()
    helped.bring_applet()
    expect(page.locator("#consent-title")).to_have_text(
        "Let your technician use your mouse and keyboard?"
    )
    expect(page.locator("#consent-text")).to_contain_text("window of the Rescue applet")
    expect(page.locator("#consent-start")).to_be_hidden()
    helped.allow_in_applet(Power.CONTROL)
    expect(page.locator("#allowed")).to_contain_text("Control mouse and keyboard")


@pytest.mark.usefixtures("offered")
def test_the_page_stays_usable_while_it_asks_to_start_the_applet(
    helped: Helped, page: Page
) -> None:
    helped.ask(Power.SYSTEM_INFORMATION)
    expect(page.locator("#consent")).to_contain_text("Your technician asks for: System information")
    page.get_by_label("Your message").fill("What is an applet?")
    page.get_by_role("button", name="Send", exact=True).click()
    helped.wait_for_chat("What is an applet?")
    expect(page.locator("#consent")).to_be_visible()
