import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.chat.log import ChatLog
from rescue_console.desktop.workspace.chat.search import ChatSearch
from rescue_console.desktop.workspace.chat.view import ChatView, plain
from rescue_console.protocol.foreign_text import paragraphs
from rescue_console.protocol.limits import CHAT_MAX, CHAT_SHOWN_MAX, FOLD_LINES
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


MANY_LINES = "\n".join("a" * (CHAT_MAX // 2))


def click(view: ChatView, words: str) -> None:
    """Press the link with these words, as somebody without a mouse does."""
    view.setFocus()
    for _ in range(len(anchors(view.document())) + 1):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        if words in view.textCursor().selectedText():
            QTest.keyClick(view, Qt.Key.Key_Return)
            return
    raise AssertionError(f"{words} cannot be reached by keyboard")


def show(view: ChatView, qtbot: QtBot) -> None:
    view.resize(400, 300)
    with qtbot.waitExposed(view):
        view.show()


def test_a_flood_of_long_messages_makes_no_long_document(view: ChatView) -> None:
    log = ChatLog("t1")
    for number in range(1, 2 * CHAT_SHOWN_MAX):
        added = message(number)
        added.text = MANY_LINES
        log.add(added)
        view.show_log(log)
    assert view.document().blockCount() < CHAT_SHOWN_MAX * (FOLD_LINES + 3)
    assert view.toPlainText().count("Show all") == len(log.messages)


def test_a_long_message_is_unfolded_and_folded_by_keyboard(view: ChatView, qtbot: QtBot) -> None:
    show(view, qtbot)
    view.show_log(log_of("short", "first\n" * FOLD_LINES + "last", "after"))
    assert "last" not in view.toPlainText()
    click(view, "Show all")
    assert "last" in view.toPlainText()
    assert view.textCursor().selectedText() == "Show less"
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert "last" not in view.toPlainText()


def test_a_long_message_on_its_way_is_folded_too(view: ChatView, qtbot: QtBot) -> None:
    show(view, qtbot)
    log = log_of("short")
    log.write("a", MANY_LINES, NOW)
    view.show_log(log)
    assert view.document().blockCount() < FOLD_LINES + 10
    click(view, "Show all")
    assert view.document().blockCount() > CHAT_MAX // 2


def test_earlier_and_latest_messages_are_offered_by_keyboard(view: ChatView, qtbot: QtBot) -> None:
    show(view, qtbot)
    log = log_of("one")
    view.show_log(log)
    assert anchors(view.document()) == []
    log.earlier = log.later = True
    view.show_log(log)
    with qtbot.waitSignal(view.earlier_chosen):
        click(view, "Show earlier messages")
    with qtbot.waitSignal(view.latest_chosen):
        click(view, "Show the latest messages")


def test_the_view_stays_where_it_is_when_messages_are_put_before(
    view: ChatView, qtbot: QtBot
) -> None:
    show(view, qtbot)
    log = ChatLog("t1")
    for number in range(100, 200):
        log.add(message(number))
    view.show_log(log)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
    place = view._place()
    log.put_before([message(number) for number in range(1, 100)], more=True)
    view.show_log(log)
    assert view._place() == place
    assert place[0] > 100


def test_the_search_finds_what_is_folded(view: ChatView) -> None:
    view.show_log(log_of("Printer", "x\n" * FOLD_LINES + "the printer again", "no more"))
    search = ChatSearch(view)
    search.find("printer")
    assert len(search.places) == 2
    assert view.textCursor().selectedText() == "printer"


def test_a_search_for_what_is_everywhere_unfolds_no_flood(view: ChatView) -> None:
    log = ChatLog("t1")
    for number in range(1, CHAT_SHOWN_MAX):
        added = message(number)
        added.text = MANY_LINES
        log.add(added)
    view.show_log(log)
    ChatSearch(view).find("a")
    assert view.document().blockCount() < 20_000


def test_the_places_found_stay_marked_when_a_message_is_unfolded(
    view: ChatView, qtbot: QtBot
) -> None:
    show(view, qtbot)
    view.show_log(log_of("printer", "x\n" * FOLD_LINES + "end", "printer"))
    search = ChatSearch(view)
    search.find("printer")
    search.step(-1)
    click(view, "Show all")
    assert (len(search.places), search.current) == (2, 0)
    assert [each.cursor.selectedText() for each in view.extraSelections()] == ["printer"] * 2
