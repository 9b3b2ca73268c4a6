"""The chat of the customer's page, in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rescue_console.protocol.limits import CHAT_MAX, CHAT_PAGE_SIZE, CHAT_SHOWN_MAX, FOLD_LINES
from rescue_console.server.rules.helping import chat_room
from tests.stage.customers.helping import Helped
from tests.stage.customers.site import Site, open_site
from tests.stage.until import WAIT_S

expect.set_options(timeout=WAIT_S * 1000)


HELPED_TITLE = "Marie Martin is helping you – Acme Support"


@pytest.fixture
def helped(site: Site, page: Page) -> Helped:
    return Helped(site, page)


LOSE_MESSAGES = """() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (said) {
        if (JSON.parse(said).kind !== "chat") send.call(this, said);
    };
}"""
LOSE_ANSWERS = """() => {
    const parse = JSON.parse;
    JSON.parse = (text) => {
        const said = parse(text);
        return said.kind === "chat" ? { kind: "lost" } : said;
    };
}"""
"""Two scripts that lose chat messages from and to the page until it is reloaded."""


def write(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.get_by_label("Your message").press("Enter")


def test_both_sides_read_each_other_in_order(helped: Helped, page: Page) -> None:
    helped.say("Hello, how can I help you?", "a")
    expect(page.locator("#chat-log li.theirs")).to_contain_text("Hello, how can I help you?")
    write(page, "My printer is stuck.")
    helped.wait_for_chat("Hello, how can I help you?", "My printer is stuck.")
    expect(page.locator("#chat-log .said")).to_have_text(
        ["Hello, how can I help you?", "My printer is stuck."]
    )
    expect(page.locator("#chat-log .unsent")).to_have_count(0)


def test_shift_and_enter_start_a_new_line(helped: Helped, page: Page) -> None:
    field = page.get_by_label("Your message")
    field.press_sequentially("one")
    field.press("Shift+Enter")
    field.press_sequentially("two")
    field.press("Enter")
    helped.wait_for_chat("one\ntwo")
    expect(field).to_have_value("")


def test_messages_written_without_a_connection_arrive_once_and_in_order(
    helped: Helped, page: Page, context: BrowserContext
) -> None:
    write(page, "before")
    helped.wait_for_chat("before")
    context.set_offline(True)
    expect(page.locator("#lost")).to_be_visible()
    write(page, "during 1")
    write(page, "during 2")
    expect(page.locator("#chat-log .unsent .state")).to_have_text(["On its way…", "On its way…"])
    helped.say("from the technician", "t")
    context.set_offline(False)
    helped.wait_for_chat("before", "from the technician", "during 1", "during 2")
    expect(page.locator("#chat-log .said")).to_have_text(
        ["before", "from the technician", "during 1", "during 2"]
    )


def test_the_technicians_text_can_be_copied_exactly(helped: Helped, page: Page) -> None:
    text = "Open https://example.org/a?b=1&c=2 and type  sudo reboot"
    helped.say(text, "a")
    said = page.locator("#chat-log li.theirs .said")
    expect(said).to_have_text(text)
    said.evaluate("said => getSelection().selectAllChildren(said)")
    page.keyboard.press("ControlOrMeta+c")
    field = page.get_by_label("Your message")
    field.focus()
    page.keyboard.press("ControlOrMeta+v")
    expect(field).to_have_value(text)


def test_the_chat_is_there_again_after_a_reload(helped: Helped, page: Page) -> None:
    helped.say("first", "a")
    write(page, "second")
    helped.wait_for_chat("first", "second")
    expect(page.locator("#chat-log .unsent")).to_have_count(0)
    page.reload()
    expect(page.locator("#chat-log .said")).to_have_text(["first", "second"])
    expect(page.locator("#chat-log .from bdi")).to_have_text(["Marie Martin", "You"])


def test_a_half_written_message_is_there_again_after_a_reload(helped: Helped, page: Page) -> None:
    field = page.get_by_label("Your message")
    field.press_sequentially("My printer ")
    page.reload()
    expect(field).to_have_value("My printer ")
    field.press_sequentially("is stuck.")
    # Browsers differ in whether they type at the end of the kept text or at its beginning.
    field.fill("My printer is stuck.")
    field.press("Enter")
    helped.wait_for_chat("My printer is stuck.")
    page.reload()
    expect(page.locator("#chat-log .said")).to_have_text(["My printer is stuck."])
    expect(field).to_have_value("")


def test_a_message_that_never_reached_the_server_is_sent_after_a_reload(
    helped: Helped, page: Page
) -> None:
    page.evaluate(LOSE_MESSAGES)
    write(page, "one")
    write(page, "two\nthree")
    expect(page.locator("#chat-log .unsent")).to_have_count(2)
    page.reload()
    helped.wait_for_chat("one", "two\nthree")
    expect(page.locator("#chat-log .said")).to_have_text(["one", "two\nthree"])
    expect(page.locator("#chat-log .unsent")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0


def test_a_message_that_was_not_acknowledged_is_shown_once_after_a_reload(
    helped: Helped, page: Page
) -> None:
    page.evaluate(LOSE_ANSWERS)
    write(page, "one")
    helped.wait_for_chat("one")
    expect(page.locator("#chat-log .unsent")).to_have_count(1)
    page.reload()
    expect(page.locator("#chat-log li:not(.unsent) .said")).to_have_text(["one"])
    expect(page.locator("#chat-log .said")).to_have_count(1)
    helped.wait_for_chat("one")


def test_a_message_written_in_one_session_is_not_sent_in_the_next(
    site: Site, helped: Helped, page: Page
) -> None:
    page.evaluate(LOSE_MESSAGES)
    write(page, "only for Marie")
    page.get_by_label("Your message").press_sequentially("and this")
    page.goto("about:blank")
    site.close(helped.session)
    following = Helped(site, page)
    expect(page.get_by_label("Your message")).to_have_value("")
    write(page, "Hello")
    following.wait_for_chat("Hello")
    expect(page.locator("#chat-log .said")).to_have_text(["Hello"])


def test_a_tab_of_an_earlier_session_sends_nothing_into_a_later_one(
    site: Site, helped: Helped, page: Page, context: BrowserContext
) -> None:
    following = Helped(site, context.new_page())
    context.set_offline(True)
    expect(page.locator("#lost")).to_be_visible()
    write(page, "only for Marie")
    context.set_offline(False)
    expect(page.locator(f"main[data-session='{following.session.id}']")).to_be_visible()
    write(following.page, "Hello")
    following.wait_for_chat("Hello")
    for tab in (page, following.page):
        expect(tab.locator("#chat-log .said")).to_have_text(["Hello"])


def test_a_message_that_can_no_longer_be_sent_says_so(
    site: Site, helped: Helped, page: Page
) -> None:
    page.evaluate(LOSE_MESSAGES)
    write(page, "too late")
    expect(page.locator("#chat-log .unsent")).to_have_count(1)
    site.close(helped.session)
    expect(page.locator("#chat-log .unsent .state")).to_have_text("Not sent.")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize(
    "kept", ["", "null", "[]", '{"draft":1,"unsent":[{"key":1}]}', '{"unsent":[null]}', "{"]
)
def test_invalid_stored_data_does_no_harm(helped: Helped, page: Page, kept: str) -> None:
    name = f"chat {helped.session.id}"
    page.evaluate("([name, kept]) => sessionStorage.setItem(name, kept)", [name, kept])
    page.reload()
    write(page, "Hello")
    helped.wait_for_chat("Hello")


def test_a_restart_of_the_server_loses_nothing(tmp_path: Path, page: Page) -> None:
    with open_site(tmp_path) as site:
        Helped(site, page).say("before", "a")
        expect(page.locator("#chat-log .said")).to_have_text(["before"])
        port = urlsplit(site.url).port or 0
    expect(page.locator("#lost")).to_be_visible()
    write(page, "while it was away")
    with open_site(tmp_path, port):
        expect(page.locator("#lost")).to_be_hidden()
        expect(page.locator("#chat-log .unsent")).to_have_count(0)
        expect(page.locator("#chat-log .said")).to_have_text(["before", "while it was away"])


def test_a_refused_message_can_be_sent_again_or_thrown_away(helped: Helped, page: Page) -> None:
    # To the server this is empty: it holds only a character that is never shown.
    write(page, "\u202e")
    item = page.locator("#chat-log .unsent")
    expect(item.locator(".state")).to_contain_text("Not sent.")
    item.get_by_role("button", name="Send again").click()
    expect(item.locator(".state")).to_contain_text("Not sent.")
    item.get_by_role("button", name="Discard").click()
    expect(item).to_have_count(0)


def test_the_technicians_typing_is_shown_and_ends_with_the_message(
    helped: Helped, page: Page
) -> None:
    helped.type()
    expect(page.locator("#chat-typing")).to_have_text("Your technician is writing…")
    helped.say("there", "a")
    expect(page.locator("#chat-typing")).to_have_text("")


def test_a_link_opens_in_another_tab_and_cannot_reach_this_page(helped: Helped, page: Page) -> None:
    helped.say("See (https://help.example/a?b=1).", "a")
    link = page.locator("#chat-log a")
    expect(link).to_have_attribute("href", "https://help.example/a?b=1")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")


def test_the_chat_speaks_french(site: Site, page: Page) -> None:
    helped = Helped(site, page, language="fr")
    page.get_by_label("Votre message").fill("Bonjour")
    page.get_by_role("button", name="Envoyer").click()
    helped.wait_for_chat("Bonjour")
    expect(page.locator("#chat-log .from bdi")).to_have_text(["Vous"])


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title = 'taken over'</script>",
        "<img src=x onerror=\"document.title = 'taken over'\">",
        "javascript:alert(1) data:text/html,<b>x</b> file:///etc/passwd",
        "https://bank.example@evil.example/",
        "&lt;b&gt; %3Cb%3E {{ 7 * 7 }} ${7 * 7} '\"`",
        "Ж \u05d0\u05d1 \u200fא\u200f 👩\u200d👧 \U0001fae8 z\u0351\u0352\u0353",
        "x" * CHAT_MAX,
    ],
)
def test_hostile_text_stays_text_on_both_sides(helped: Helped, page: Page, text: str) -> None:
    expect(page).to_have_title(HELPED_TITLE)
    helped.say(text, "t")
    expect(page.locator("#chat-log .theirs .said")).to_have_text(text, use_inner_text=False)
    write(page, text)
    helped.wait_for_chat(text, text)
    expect(page.locator("#chat-log .unsent")).to_have_count(0)
    assert page.locator("#chat-log .said").all_text_contents() == [text, text]
    assert page.locator("#chat-log .said *").count() == 0
    assert page.title() == HELPED_TITLE


def test_reordering_and_control_characters_are_removed_both_ways(
    helped: Helped, page: Page
) -> None:
    helped.say("invoice\u202efdp.exe \x1b[31m\x07\0", "t")
    expect(page.locator("#chat-log .theirs .said")).to_have_text("invoicefdp.exe [31m")
    write(page, "invoice\u202efdp.exe \x1b[31m\x07")
    helped.wait_for_chat("invoicefdp.exe [31m", "invoicefdp.exe [31m")


def test_the_field_accepts_no_more_than_a_message_may_hold(helped: Helped, page: Page) -> None:
    write(page, "x" * 100_000)
    helped.wait_for_chat("x" * CHAT_MAX)


def write_many(helped: Helped, first: int, last: int) -> list[str]:
    texts = [f"text {number}" for number in range(first, last + 1)]
    for text in texts:
        helped.say(text, text.replace(" ", "-"))
    return texts


def test_a_long_chat_is_shown_from_its_end_and_the_rest_when_wanted(
    helped: Helped, page: Page
) -> None:
    texts = write_many(helped, 1, CHAT_SHOWN_MAX + 20)
    said = page.locator("#chat-log .said")
    expect(said).to_have_text(texts[-CHAT_SHOWN_MAX:])
    page.reload()
    expect(said).to_have_text(texts[-CHAT_PAGE_SIZE:])
    earlier = page.get_by_role("button", name="Show earlier messages")
    latest = page.get_by_role("button", name="Show the latest messages")
    expect(latest).to_be_hidden()
    for pages in (2, 3):
        earlier.press("Enter")
        expect(said).to_have_text(texts[-pages * CHAT_PAGE_SIZE :])
    earlier.press("Enter")
    expect(said).to_have_text(texts[:CHAT_SHOWN_MAX])
    expect(earlier).to_be_hidden()
    expect(page.locator("#chat-log")).to_be_focused()
    new = write_many(helped, CHAT_SHOWN_MAX + 21, CHAT_SHOWN_MAX + 21)
    latest.press("Enter")
    expect(said).to_have_text((texts + new)[-CHAT_PAGE_SIZE:])
    expect(latest).to_be_hidden()


def test_writing_leads_back_to_the_latest_messages(helped: Helped, page: Page) -> None:
    texts = write_many(helped, 1, CHAT_SHOWN_MAX + CHAT_PAGE_SIZE)
    page.reload()
    said = page.locator("#chat-log .said")
    expect(said).to_have_count(CHAT_PAGE_SIZE)
    for pages in (2, 3):
        page.locator("#chat-earlier").click()
        expect(said).to_have_count(pages * CHAT_PAGE_SIZE)
    page.locator("#chat-earlier").click()
    expect(said.first).to_have_text(texts[0])
    write(page, "mine")
    expect(said.last).to_have_text("mine")
    expect(page.locator("#chat-latest")).to_be_hidden()
    expect(page.locator("#chat-log .unsent")).to_have_count(0)
    expect(page.get_by_text("mine", exact=True)).to_have_count(1)


def test_after_a_long_absence_the_newest_messages_are_shown(
    helped: Helped, page: Page, context: BrowserContext
) -> None:
    helped.say("before", "before")
    said = page.locator("#chat-log .said")
    expect(said).to_have_text(["before"])
    context.set_offline(True)
    expect(page.locator("#lost")).to_be_visible()
    texts = write_many(helped, 1, CHAT_PAGE_SIZE + 5)
    context.set_offline(False)
    expect(said).to_have_text(texts[-CHAT_PAGE_SIZE:])
    page.locator("#chat-earlier").click()
    expect(said).to_have_text(["before", *texts])


def test_a_long_message_is_folded_until_it_is_wanted(helped: Helped, page: Page) -> None:
    text = "\n".join(f"line {number}" for number in range(1_000 // 2))
    helped.say(text, "a")
    item = page.locator("#chat-log .theirs")
    expect(item.locator(".said")).to_have_text(text, use_inner_text=False)
    last = item.locator(".rest")
    expect(last).to_be_hidden()
    folded = item.bounding_box()
    assert folded is not None
    assert folded["height"] < (FOLD_LINES + 6) * 30
    more = item.get_by_role("button", name="Show all")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.press("Enter")
    expect(last).to_be_visible()
    item.get_by_role("button", name="Show less").press("Enter")
    expect(last).to_be_hidden()


def test_a_message_that_finds_no_room_says_so_in_the_pages_language_and_stays(
    site: Site, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    helped = Helped(site, page, language="fr")
    monkeypatch.setattr(chat_room, "CHAT_MESSAGES_MAX", 1)
    page.get_by_label("Votre message").fill("un")
    page.get_by_label("Votre message").press("Enter")
    helped.wait_for_chat("un")
    page.get_by_label("Votre message").fill("deux")
    page.get_by_label("Votre message").press("Enter")
    state = page.locator("#chat-log .unsent .state")
    expect(state).to_contain_text("La discussion de cette session est pleine")
    expect(page.locator("#chat-log .unsent .said")).to_have_text("deux")
    helped.say("trois", "a")
    helped.wait_for_chat("un", "trois")
    page.reload()
    expect(page.locator("#chat-log .unsent .said")).to_have_text("deux")
    expect(state).to_contain_text("La discussion de cette session est pleine")
    monkeypatch.undo()
    page.get_by_role("button", name="Renvoyer").click()
    helped.wait_for_chat("un", "trois", "deux")


EARLIER_PAGE = """async () => {
    const url = new URL("/Customer/Live", location.href);
    url.protocol = "ws";
    const socket = new WebSocket(url);
    await new Promise((done) => socket.addEventListener("open", done));
    const said = [];
    const known = new Promise((done) => socket.addEventListener("message", ({ data }) => {
        const told = JSON.parse(data);
        said.push(told.kind === "chat" ? told.message.text : told.kind);
        if (told.kind === "state") done();
    }));
    socket.send(JSON.stringify({ kind: "open", chat_after: 0 }));
    await known;
    socket.close();
    return said;
}"""


def test_a_page_of_version_0_1_gets_the_chat_message_by_message(helped: Helped, page: Page) -> None:
    helped.say("one", "a")
    helped.say("two", "b")
    assert page.evaluate(EARLIER_PAGE) == ["one", "two", "state"]


FLOOD = """async (size) => {
    const url = new URL("/Customer/Live", location.href);
    url.protocol = "ws";
    const socket = new WebSocket(url);
    const until = (event) => new Promise((done) => socket.addEventListener(event, done));
    await until("open");
    socket.send(JSON.stringify({ kind: "open" }));
    await until("message");
    const ended = new Promise((done) => socket.addEventListener("close", () => done("closed")));
    const refused = new Promise((done) => socket.addEventListener("message", ({ data }) => {
        const said = JSON.parse(data);
        if (said.kind === "refused") done(said.kind);
    }));
    socket.send(JSON.stringify({ kind: "chat", key: "k", text: "x".repeat(size) }));
    const end = await Promise.race([ended, refused]);
    socket.close();
    return end;
}"""


@pytest.mark.parametrize("size", [CHAT_MAX + 1, 100_000])
def test_somebody_elses_page_cannot_send_longer_messages(
    helped: Helped, page: Page, size: int
) -> None:
    assert page.evaluate(FLOOD, size) == "refused"
    write(page, "short")
    helped.wait_for_chat("short")


HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "<script>document.title = 'taken over'</script>",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "https://bank.example@evil.example/",
        "data:text/html,<b>x</b>",
        'https://a.example/"onmouseover="alert(1)',
        "HTTPS://ÄÖ.example/x",
        "https://",
        "https://[::1",
        "http://a:99999/",
    ]
)


@pytest.fixture(scope="module")
def linked_page(site: Site, browser: Browser) -> Iterator[Page]:
    """One of our pages, on which ``linked`` can be called."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.url)
        yield page


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=HOSTILE)
def test_all_text_stays_text_and_only_web_addresses_become_links(
    linked_page: Page, text: str
) -> None:
    text = text.encode("utf-16", "replace").decode("utf-16")
    shown = linked_page.evaluate(
        """async ([text, module]) => {
            const { linked } = await import(module);
            const place = document.createElement("p");
            place.append(...linked(text));
            return JSON.stringify({
                text: place.textContent,
                tags: Array.from(place.querySelectorAll("*"), (one) => one.tagName),
                links: Array.from(place.querySelectorAll("a"), (one) => one.href),
            });
        }""",
        [text, f"{_assets(linked_page)}/links.js"],
    )
    found = json.loads(shown)
    assert found["text"] == text
    assert set(found["tags"]) <= {"A"}
    assert all(urlsplit(link).scheme in ("http", "https") for link in found["links"])
    assert all("@" not in urlsplit(link).netloc for link in found["links"])


def _assets(page: Page) -> str:
    style = page.locator("link[rel=stylesheet]").get_attribute("href") or ""
    return style.rpartition("/")[0]
