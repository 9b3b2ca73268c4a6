from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from rescue_console.desktop.workspace.chat.transcript import Transcript, as_html, as_text
from rescue_console.protocol.answers import ChatMessage
from tests.stage.technicians.fake_calls import NOW

EVIL = '<script>alert(1)</script><img src=x onerror="x">'
ALLOWED = {"html", "head", "meta", "title", "body", "h1", "dl", "dt", "b", "dd", "a", "br"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def message(text: str, name: str = "") -> ChatMessage:
    return ChatMessage(number=1, session_id="s1", at=NOW, name=name, text=text, key="k")


def whole(transcript: Transcript, said: ChatMessage) -> str:
    return f"{transcript.head}{transcript.entry(said)}{transcript.tail}"


def html(text: str, name: str = "") -> str:
    return whole(as_html("Chat", "Customer", lambda _: "now"), message(text, name))


def test_text_says_who_wrote_what_and_when() -> None:
    transcript = as_text("Chat", "Customer", lambda _: "now")
    assert whole(transcript, message("one\ntwo")) == "Chat\n\nCustomer, now\none\ntwo\n"


def test_html_shows_markup_as_text() -> None:
    assert "&lt;script&gt;" in html(EVIL, EVIL)
    assert "<script" not in html(EVIL, EVIL)


@given(st.text() | st.just(EVIL) | st.just("https://a.example/'><b>"))
def test_whatever_is_written_the_page_holds_only_our_own_tags(text: str) -> None:
    tags = Tags()
    tags.feed(html(text, text))
    assert {tag for tag, _ in tags.seen} <= ALLOWED
    for tag, attributes in tags.seen:
        if tag == "a":
            assert str(attributes["href"]).lower().startswith(("http://", "https://"))


def test_the_page_loads_nothing() -> None:
    assert "default-src 'none'" in html("x")
