"""How page and applet come in beside each other, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from rescue_console.applet.arriving.file_name import read_file_name
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.links import build_link
from tests.stage.customers.beside import offered_applets
from tests.stage.customers.site import Site, link_parts
from tests.stage.links import link_parts as parts_of
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    applets = offered_applets(tmp_path_factory.mktemp("applets"))
    with RealServer(tmp_path_factory.mktemp("server") / "data", *applets) as server:
        yield server


def test_the_page_joins_a_running_session_by_the_address_that_the_applet_opens(
    site: Site, page: Page, browser_two: Page
) -> None:
    session = site.create()
    link = link_parts(site, session)
    joining = site.parts.helping.join_with_applet(link.code, link.key, DevicePlatform.LINUX)
    token = site.do(joining)
    assert token is not None
    site.start(session)
    beside = site.do(site.parts.helping.page_pass(token))
    assert beside is not None
    number = ConnectionMethod.LINK.link_number
    address = build_link(site.url, number, beside.code, beside.key)

    with page.expect_websocket() as opened:
        page.goto(address)
    opened.value.wait_for_event("framereceived")
    page.locator("button.main").click()
    page.wait_for_url(f"{site.url}/Customer/Session")

    # Again, and from elsewhere, also with the link: nobody else comes in.
    page.goto(address)
    page.wait_for_url(f"{site.url}/Customer/Session")
    for used in (address, session.link):
        answer = browser_two.goto(used)
        assert answer is not None
        assert answer.status == 409
        expect(browser_two.locator("button.main")).to_have_count(0)


def test_what_is_downloaded_tells_nobody_the_links_key(server: RealServer, page: Page) -> None:
    link = server.owner.create_session()["link"]
    page.goto(link)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the applet instead").click()

    key = parts_of(link).key
    named = read_file_name(coming.value.suggested_filename)
    assert named is not None
    assert named.link.code == parts_of(link).code
    assert named.link.key != key
    assert key not in coming.value.url
    # The page is still there, and joins.
    page.locator("button.main").click()
    page.wait_for_url(f"{server.url}/Customer/Session")
