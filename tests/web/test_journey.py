"""A customer's way through the pages, in a real browser."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.customers.site import Site, open_site
from tests.stage.until import WAIT_S

expect.set_options(timeout=WAIT_S * 1000)


def join(site: Site, page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Join in this browser").click()
    page.wait_for_url(f"{site.url}/Customer/Session")


def test_the_link_leads_to_joining_and_then_to_an_active_session(site: Site, page: Page) -> None:
    session = site.create(name="Jean Dupont")
    page.goto(session.link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Marie Martin wants to help you")
    expect(page.get_by_text("Jean Dupont")).to_be_visible()
    site.wait_for(session, SessionStatus.CONNECTING)
    page.get_by_role("button", name="Join in this browser").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Marie Martin will be with you shortly")
    site.wait_for(session, SessionStatus.WAITING)
    site.start(session)
    expect(heading).to_have_text("Marie Martin is helping you")
    expect(page).to_have_title("Marie Martin is helping you – Acme Support")
    site.hold(session)
    expect(heading).to_have_text("The session is on hold")
    site.close(session)
    expect(heading).to_have_text("The session is over")
    expect(page.get_by_role("button", name="Leave")).to_be_hidden()
    expect(page.get_by_role("link", name="Enter a PIN code")).to_be_visible()


def test_a_pin_typed_with_spaces_leads_to_the_join_page(site: Site, page: Page) -> None:
    session = site.create(ConnectionMethod.PIN)
    page.goto(site.url)
    page.get_by_label("PIN code").fill(f" {session.code[:3]} - {session.code[3:]} ")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Join in this browser")).to_be_visible()


def test_a_wrong_pin_is_reported_inline_and_stays_in_the_field(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.get_by_label("PIN code").fill("000000")
    page.get_by_label("PIN code").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This PIN code does not work")
    expect(page.get_by_label("PIN code")).to_have_value("000000")
    expect(page.get_by_label("PIN code")).to_be_focused()


def test_the_waiting_room_survives_a_reload(site: Site, page: Page) -> None:
    session = site.create()
    join(site, page, session.link)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Marie Martin will be with you shortly"
    )
    assert site.status(session) is SessionStatus.WAITING


def test_a_network_loss_is_shown_and_the_page_reconnects_by_itself(
    site: Site, page: Page, context: BrowserContext
) -> None:
    session = site.create()
    join(site, page, session.link)
    banner = page.get_by_role("alert").filter(has_text="Connection lost, trying again")
    context.set_offline(True)
    expect(banner).to_be_visible()
    site.start(session)
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Marie Martin is helping you")
    expect(banner).to_be_hidden()


def test_a_restart_of_the_server_is_only_a_lost_connection(tmp_path: Path, page: Page) -> None:
    with open_site(tmp_path) as site:
        session = site.create()
        join(site, page, session.link)
        expect(page.get_by_role("button", name="Leave")).to_be_visible()
        port = urlsplit(site.url).port or 0
    expect(page.get_by_role("alert")).to_be_visible()
    with open_site(tmp_path, port) as site:
        expect(page.get_by_role("alert")).to_be_hidden()
        site.start(session)
        expect(page.get_by_role("heading", level=1)).to_have_text("Marie Martin is helping you")


def test_leaving_asks_first_and_staying_changes_nothing(site: Site, page: Page) -> None:
    session = site.create()
    join(site, page, session.link)
    page.get_by_role("button", name="Leave").click()
    dialog = page.get_by_role("dialog", name="Leave the session?")
    dialog.get_by_role("button", name="Stay").click()
    expect(dialog).to_be_hidden()
    assert site.status(session) is SessionStatus.WAITING
    page.get_by_role("button", name="Leave").click()
    dialog.get_by_role("button", name="Leave the session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left")
    site.wait_for(session, SessionStatus.CLOSED_BY_WAITING_CUSTOMER)


def test_the_browser_that_joined_gets_back_by_clicking_the_mail_link_again(
    site: Site, page: Page, context: BrowserContext
) -> None:
    session = site.create()
    join(site, page, session.link)
    page.close()
    mail = context.new_page()
    context.route(
        "https://mail.example/",
        lambda route: route.fulfill(
            content_type="text/html", body=f'<a href="{session.link}">link</a>'
        ),
    )
    mail.goto("https://mail.example/")
    mail.get_by_role("link", name="link").click()
    mail.wait_for_url(f"{site.url}/Customer/Session")
    expect(mail.get_by_role("heading", level=1)).to_have_text(
        "Marie Martin will be with you shortly"
    )


def test_another_browser_is_told_that_somebody_has_joined_with_the_link(
    site: Site, page: Page, browser_two: Page
) -> None:
    session = site.create()
    browser_two.goto(session.link)
    join(site, page, session.link)
    heading = browser_two.get_by_role("heading", level=1)
    expect(heading).to_have_text("Somebody has already joined with this link")
    browser_two.reload()
    expect(heading).to_have_text("Somebody has already joined with this link")


def test_the_join_page_says_when_the_technician_closes_the_session(site: Site, page: Page) -> None:
    session = site.create()
    page.goto(session.link)
    site.wait_for(session, SessionStatus.CONNECTING)
    site.close(session)
    expect(page.get_by_role("heading", level=1)).to_have_text("This session is over")
    expect(page.get_by_role("button", name="Join in this browser")).to_be_hidden()


def test_the_join_page_says_when_the_invitation_expires(site: Site, page: Page) -> None:
    session = site.create()
    page.goto(session.link)
    site.wait_for(session, SessionStatus.CONNECTING)
    site.expire(session)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link has expired")


def test_closing_the_join_page_makes_the_session_invited_again(site: Site, page: Page) -> None:
    session = site.create()
    page.goto(session.link)
    site.wait_for(session, SessionStatus.CONNECTING)
    page.close()
    site.wait_for(session, SessionStatus.INVITED)


def test_everything_works_without_scripts(site: Site, scriptless: Page) -> None:
    session = site.create()
    join(site, scriptless, session.link)
    expect(scriptless.get_by_role("heading", level=1)).to_have_text(
        "Marie Martin will be with you shortly"
    )
    site.start(session)
    again = scriptless.locator("noscript meta[http-equiv=refresh]")
    expect(again).to_have_attribute("content", "10")
    scriptless.reload()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("Marie Martin is helping you")
    scriptless.get_by_role("button", name="Leave").click()
    scriptless.get_by_role("button", name="Leave the session").click()
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("You have left the session")
    assert site.status(session) is SessionStatus.CLOSED_BY_CUSTOMER


def test_the_pages_switch_to_french_and_remember_it(site: Site, page: Page) -> None:
    session = site.create()
    page.goto(session.link)
    page.get_by_role("link", name="Français").click()
    page.get_by_role("button", name="Rejoindre dans ce navigateur").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Marie Martin sera à vous dans un instant")
    site.start(session)
    expect(heading).to_have_text("Marie Martin vous aide")


def test_an_ipad_that_calls_itself_a_mac_is_recognised(site: Site, ipad: Page) -> None:
    session = site.create()
    ipad.goto(session.link)
    expect(ipad.get_by_text("Nothing is installed on this iPhone or iPad")).to_be_visible()
    ipad.get_by_role("button", name="Join in this browser").click()
    site.wait_for(session, SessionStatus.WAITING)
    read = site.do(site.sessions.read(site.caller, session.id))
    assert read.detected_platform == "ios"
