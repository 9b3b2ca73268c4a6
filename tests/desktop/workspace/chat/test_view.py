import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.chat.log import ChatLog
from rescue_console.desktop.workspace.chat.search import ChatSearch
from rescue_console.desktop.workspace.chat.view import ChatView, plain
from rescue_console.protocol.foreign_text import paragraphs
from tests.stage.technicians.fake_calls import NOW
from tests.stage.technicians.messages import message


@pytest.fixture
def view(qtbot: QtBot) -> ChatView:
    view = ChatView()
    view.customer = "Customer"
    qtbot.addWidget(view)
    return view


def log_of(*texts: str) -> ChatLog:
    log = ChatLog("t1")
    for number, text in enumerate(texts, 1):
        added = message(number)
        added.text = text
        log.add(added)
    return log


def anchors(document: QTextDocument) -> list[str]:
    found = []
    block = document.begin()
    while block.isValid():
        found += [
            form.format.anchorHref() for form in block.textFormats() if form.format.isAnchor()
        ]
        block = block.next()
    return found


def test_markup_is_shown_as_it_was_typed(view: ChatView) -> None:
    view.show_log(log_of("<b>bold</b> <img src='http://a.example/x.png'>"))
    assert "<b>bold</b> <img src=" in view.toPlainText()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=200) | st.just("\ufdd0\ufdd1\ufffc\u2029\u0000<a href='x'>"))
def test_whatever_the_customer_writes_is_shown_as_text_line_by_line(
    view: ChatView, text: str
) -> None:
    view.show_log(log_of())
    view.show_log(log_of(text))
    lines = view.toPlainText().split("\n")
    # A document shows a no-break space as an ordinary space.
    assert "\n".join(lines[1:]) == paragraphs(text).replace("\u00a0", " ")
    assert all(address.lower().startswith("http") for address in anchors(view.document()))


def test_messages_are_in_order_even_if_one_arrives_late(view: ChatView) -> None:
    log = ChatLog("t1")
    log.add(message(1))
    log.add(message(3))
    view.show_log(log)
    log.add(message(2))
    view.show_log(log)
    text = view.toPlainText()
    assert text.index("text 1") < text.index("text 2") < text.index("text 3")
    assert text.count("text 3") == 1


def test_a_message_on_its_way_is_shown_once_and_last(view: ChatView) -> None:
    log = log_of("one")
    log.write("a", "mine", NOW)
    view.show_log(log)
    log.add(message(2))
    view.show_log(log)
    text = view.toPlainText()
    assert text.index("text 2") < text.index("mine")
    assert text.count("mine") == 1
    assert "On its way" in text


def test_a_refused_message_offers_to_be_sent_again_or_forgotten(
    view: ChatView, qtbot: QtBot
) -> None:
    log = log_of()
    log.write("a1", "mine", NOW)
    log.refuse("a1", "The customer is gone.")
    view.show_log(log)
    assert "Not sent: The customer is gone." in view.toPlainText()
    again, forget = anchors(view.document())
    with qtbot.waitSignal(view.retry_chosen, check_params_cb=lambda key: key == "a1"):
        view.anchorClicked.emit(QUrl(again))
    with qtbot.waitSignal(view.discard_chosen, check_params_cb=lambda key: key == "a1"):
        view.anchorClicked.emit(QUrl(forget))


def test_a_clicked_web_address_is_reported_and_never_opened_here(
    view: ChatView, qtbot: QtBot
) -> None:
    view.show_log(log_of("see https://help.example/a"))
    with qtbot.waitSignal(
        view.link_chosen, check_params_cb=lambda address: address == "https://help.example/a"
    ):
        view.anchorClicked.emit(QUrl(anchors(view.document())[0]))
    assert not view.openLinks()
    assert not view.openExternalLinks()


def test_look_alike_letters_in_addresses_are_exposed() -> None:
    assert plain("https://\u0440aypal.example/") == "https://xn--aypal-uye.example/"


def test_the_search_goes_from_place_to_place_and_wraps_around(view: ChatView) -> None:
    view.show_log(log_of("Printer", "the printer again", "no more"))
    search = ChatSearch(view)
    search.find("printer")
    assert (len(search.places), search.current) == (2, 1)
    search.step(1)
    assert search.current == 0
    assert view.textCursor().selectedText() == "Printer"
    search.find("")
    assert view.extraSelections() == []
