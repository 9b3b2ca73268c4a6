"""The customer's page in networks and browsers that let no WebSocket through."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import SendChat
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.customers.site import Site
from tests.stage.networks.plain_proxy import WEBSOCKET, Habit, PlainProxy
from tests.stage.until import WAIT_S, wait_until

expect.set_options(timeout=2 * WAIT_S * 1000)

BLOCKED = [Habit.REFUSES, Habit.STRIPS, Habit.SWALLOWS, Habit.MUFFLES]
JOINED = "Marie Martin will be with you shortly"
HELPED = "Marie Martin is helping you"


@pytest.fixture
def proxy(site: Site) -> Iterator[PlainProxy]:
    with PlainProxy(urlsplit(site.url).port or 0) as between:
        yield between


def join(site: Site, page: Page, url: str) -> Session:
    """Join a new session at *url*; return the session."""
    session = site.create()
    page.goto(session.link.replace(site.url, url))
    page.get_by_role("button", name="Join in this browser").click()
    page.wait_for_url(f"{url}/Customer/Session")
    expect(page.get_by_role("heading", level=1)).to_have_text(JOINED)
    return session


def say(site: Site, session: Session, text: str) -> None:
    site.do(site.parts.chat.say(site.caller, session.id, SendChat(text=text, key=text)))


def consent(site: Site, session: Session, power: Power) -> Consent:
    return site.do(site.sessions.read(site.caller, session.id)).consents.get(power, Consent.NONE)


def help_through(site: Site, page: Page, session: Session) -> None:
    """Have everything happen that needs no picture: status, a question, messages, the end."""
    site.start(session)
    expect(page.get_by_role("heading", level=1)).to_have_text(HELPED)
    assert site.status(session) is SessionStatus.ACTIVE
    site.do(site.parts.powers.ask(site.caller, session.id, Power.FILES))
    page.locator("#consent-allow:enabled").click()
    expect(page.locator("#allowed")).to_contain_text("Send and receive files")
    wait_until(lambda: consent(site, session, Power.FILES) is Consent.GRANTED)
    for number in range(3):
        say(site, session, f"technician {number}")
        page.get_by_label("Your message").fill(f"customer {number}")
        page.get_by_label("Your message").press("Enter")
        expect(page.locator("#chat-log .said")).to_have_count(2 * (number + 1))
    expect(page.locator("#chat-log .unsent")).to_have_count(0)
    expect(page.locator("#lost")).to_be_hidden()
    site.close(session)
    expect(page.get_by_role("heading", level=1)).to_have_text("The session is over")


@pytest.mark.parametrize("habit", BLOCKED)
def test_help_goes_on_by_plain_requests(
    site: Site, page: Page, proxy: PlainProxy, habit: Habit
) -> None:
    proxy.habit = habit
    session = join(site, page, proxy.url)
    expect(page.locator("#plain")).to_be_visible()
    expect(page.locator("#plain")).to_contain_text("WebSockets")
    assert site.status(session) is SessionStatus.WAITING
    help_through(site, page, session)
    assert any("/Customer/Poll" in line for line in proxy.requests)


def test_the_open_join_page_counts_and_hears_of_its_end(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    session = site.create()
    page.goto(session.link.replace(site.url, proxy.url))
    site.wait_for(session, SessionStatus.CONNECTING)
    site.close(session)
    expect(page.locator("#gone")).to_be_visible()


@pytest.mark.parametrize(
    "script",
    [
        "delete window.WebSocket",
        "window.WebSocket = class { constructor() { throw new DOMException('', 'X') } }",
    ],
)
def test_a_browser_without_websockets_goes_on_by_plain_requests(
    site: Site, page: Page, script: str
) -> None:
    page.add_init_script(script)
    session = join(site, page, site.url)
    expect(page.locator("#plain")).to_be_visible()
    help_through(site, page, session)


def test_a_lost_network_is_not_taken_for_one_that_blocks_websockets(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    proxy.habit = Habit.PASSES
    session = join(site, page, proxy.url)
    for _ in range(3):
        proxy.block()
        expect(page.locator("#lost")).to_be_visible()
        proxy.mend()
        expect(page.locator("#lost")).to_be_hidden()
    site.start(session)
    expect(page.get_by_role("heading", level=1)).to_have_text(HELPED)
    expect(page.locator("#plain")).to_be_hidden()


@pytest.mark.parametrize("habit", [Habit.REFUSES, Habit.PASSES])
def test_a_proxy_that_does_not_find_the_server_is_not_taken_for_it(
    site: Site, page: Page, proxy: PlainProxy, habit: Habit
) -> None:
    proxy.habit = habit
    session = join(site, page, proxy.url)
    page.evaluate("window.stayed = true")
    proxy.away = 404
    proxy.block()
    asked = len(proxy.requests)
    proxy.mend()
    expect(page.locator("#lost")).to_be_visible()
    wait_until(lambda: sum("/Customer/Poll" in line for line in proxy.requests[asked:]) >= 2)
    proxy.away = 0
    expect(page.locator("#lost")).to_be_hidden()
    site.start(session)
    expect(page.get_by_role("heading", level=1)).to_have_text(HELPED)
    assert page.evaluate("window.stayed") is True
    assert not [line for line in proxy.requests[asked:] if "GET /Customer/Session" in line]


def test_one_websocket_that_fails_does_not_decide(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    session = join(site, page, proxy.url)
    proxy.habit = Habit.PASSES
    wait_until(lambda: proxy.sockets >= 2)
    site.start(session)
    expect(page.get_by_role("heading", level=1)).to_have_text(HELPED)
    expect(page.locator("#plain")).to_be_hidden()


def say_before_a_websocket_takes_over(site: Site, page: Page, proxy: PlainProxy) -> Route:
    """Write a message by plain requests; return it, still held, once a WebSocket is in use."""
    site.start(join(site, page, proxy.url))
    expect(page.get_by_role("heading", level=1)).to_have_text(HELPED)
    expect(page.locator("#plain")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if (route.request.post_data_json or {})["kind"] == "chat":
            held.append(route)
        else:
            route.continue_()

    page.route("**/Customer/Say*", hold)
    with page.expect_request(lambda request: '"kind":"chat"' in (request.post_data or "")):
        page.get_by_label("Your message").fill("hello")
        page.get_by_label("Your message").press("Enter")
    proxy.habit = Habit.PASSES
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#plain")).to_be_hidden()
    return held[0]


def test_what_is_on_its_way_when_a_websocket_takes_over_arrives(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    say_before_a_websocket_takes_over(site, page, proxy).abort()
    expect(page.locator("#chat-log .said")).to_have_count(1)
    expect(page.locator("#chat-log .unsent")).to_have_count(0)
    expect(page.locator("#lost")).to_be_hidden()


def test_what_is_refused_when_a_websocket_takes_over_is_shown_as_refused(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    held = say_before_a_websocket_takes_over(site, page, proxy)
    key = (held.request.post_data_json or {})["key"]
    refused = {"kind": "refused", "word": "invalid", "text": "Too odd.", "key": key}
    held.fulfill(json={"answer": refused})
    expect(page.locator("#chat-log .unsent")).to_contain_text("Too odd.")


def test_where_they_are_blocked_websockets_are_tried_rarely_even_after_losses(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    page.clock.install()
    session = join(site, page, proxy.url)
    page.clock.run_for(2_000)
    expect(page.locator("#plain")).to_be_visible()
    tried = proxy.sockets
    for _ in range(3):
        proxy.block()
        expect(page.locator("#lost")).to_be_visible()
        proxy.mend()
        page.clock.run_for(20_000)
        expect(page.locator("#lost")).to_be_hidden()
    assert proxy.sockets <= tried + 1, "a minute has passed, and 15 more pass before the next"
    expect(page.locator("#plain")).to_be_visible()
    proxy.habit = Habit.PASSES
    page.clock.fast_forward(900_000)
    expect(page.locator("#plain")).to_be_hidden()
    asked = len(proxy.requests)
    site.start(session)
    expect(page.get_by_role("heading", level=1)).to_have_text(HELPED)
    assert not [line for line in proxy.requests[asked:] if "/Customer/Poll" in line]


def test_the_next_page_begins_with_what_got_through(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    proxy.habit = Habit.SWALLOWS
    session = site.create()
    page.goto(session.link.replace(site.url, proxy.url))
    site.wait_for(session, SessionStatus.CONNECTING)
    # The server knows it before the page, which keeps it for the next one.
    page.wait_for_function("sessionStorage.getItem('plain') === 'true'")
    page.get_by_role("button", name="Join in this browser").click()
    page.wait_for_url(f"{proxy.url}/Customer/Session")
    room = next(at for at, line in enumerate(proxy.requests) if "GET /Customer/Session" in line)
    asked = wait_until(
        lambda: [
            line for line in proxy.requests[room:] if "/Customer/Poll" in line or WEBSOCKET in line
        ]
    )
    assert "/Customer/Poll" in asked[0]


def test_a_page_in_another_language_says_it_in_that(
    site: Site, page: Page, proxy: PlainProxy
) -> None:
    join(site, page, proxy.url)
    page.goto(f"{proxy.url}/Customer/Session?lang=fr")
    expect(page.locator("#plain")).to_contain_text("Ce réseau ne laisse passer aucune connexion")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Marie Martin sera à vous dans un instant"
    )


def no_scripts(route: Route) -> None:
    """Block what the page asks for."""
    route.abort()


def test_a_page_whose_scripts_do_not_load_says_so(
    site: Site, page: Page, context: BrowserContext
) -> None:
    session = site.create()
    context.route("**/*.js", no_scripts)
    page.goto(session.link)
    expect(page.locator("#unscripted")).to_be_visible()
    page.get_by_role("button", name="Join in this browser").click()
    expect(page.locator("#unscripted")).to_contain_text("The scripts of this page do not run")
    assert site.status(session) is SessionStatus.WAITING


@pytest.mark.parametrize("missing", ["live.js", "polling_way.js", "chat.js"])
def test_so_does_one_that_lacks_a_single_script(
    site: Site, page: Page, context: BrowserContext, missing: str
) -> None:
    other = join(site, page, site.url)
    context.route(f"**/{missing}", no_scripts)
    page.reload()
    expect(page.locator("#unscripted")).to_be_visible()
    site.close(other)


def test_scripts_that_run_hide_the_sentence_before_it_is_seen(site: Site, page: Page) -> None:
    page.add_init_script(
        "addEventListener('animationend', (ended) => { document.title = ended.animationName })"
    )
    join(site, page, site.url)
    expect(page.locator("#unscripted")).to_be_hidden()
    assert not page.title().startswith("late")


def test_a_browser_that_runs_no_scripts_reads_it_too(site: Site, scriptless: Page) -> None:
    session = site.create()
    scriptless.goto(session.link)
    expect(scriptless.locator("#unscripted")).to_be_visible()
