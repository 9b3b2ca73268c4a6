import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.filter import Shown
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.session_list.order import Column
from rescue_console.desktop.session_list.view import Emptiness, SessionList
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import START, make_session


@pytest.fixture
def sessions(qtbot: QtBot) -> SessionList:
    """A session list on the screen, with nothing loaded yet."""
    sessions = SessionList()
    qtbot.addWidget(sessions)
    sessions.set_model(SessionModel(SessionCells(START.timestamp, "t1"), sessions))
    sessions.resize(900, 400)
    sessions.show()
    return sessions


def top(sessions: SessionList) -> str:
    table = sessions.ui.table
    return str(table.model().index(table.rowAt(0), Column.NAME).data())


def why_empty(sessions: SessionList) -> Emptiness | None:
    return sessions.emptiness


def test_an_empty_list_says_why_and_what_to_do(sessions: SessionList) -> None:
    assert why_empty(sessions) is Emptiness.LOADING
    sessions.set_loading(False)
    assert why_empty(sessions) is Emptiness.NO_SESSION
    assert sessions.ui.emptyButton.isVisible()
    sessions.apply([make_session(1, SessionStatus.EXPIRED)], [])
    assert why_empty(sessions) is Emptiness.NO_MATCH
    sessions.ui.emptyButton.click()
    assert why_empty(sessions) is None


def test_the_empty_list_offers_no_new_session_without_the_permission(
    sessions: SessionList,
) -> None:
    sessions.set_loading(False)
    sessions.set_may_create(False)
    assert not sessions.ui.emptyButton.isVisible()


def test_the_empty_lists_button_asks_for_a_new_session(sessions: SessionList, qtbot: QtBot) -> None:
    sessions.set_loading(False)
    with qtbot.waitSignal(sessions.new_session_requested):
        sessions.ui.emptyButton.click()


def test_visible_rows_stay_in_place_when_rows_are_inserted_above(sessions: SessionList) -> None:
    sessions.apply([make_session(number, minute=number) for number in range(200)], [])
    sessions.ui.table.verticalScrollBar().setValue(100)
    before = top(sessions)
    sessions.apply([make_session(900 + number, minute=-number) for number in range(5)], [])
    assert top(sessions) == before
    sessions.apply([make_session(1000 + number, minute=-number) for number in range(80)], [])
    assert top(sessions) == before


def test_the_selection_survives_a_storm_of_changes(sessions: SessionList) -> None:
    sessions.apply([make_session(number, minute=number) for number in range(200)], [])
    sessions.select("s150")
    sessions.apply([make_session(number, minute=-number) for number in range(100)], ["s149"])
    assert sessions.current is not None
    assert sessions.current.id == "s150"


def test_selecting_a_session_that_the_filter_hides_shows_all(sessions: SessionList) -> None:
    sessions.apply([make_session(1, SessionStatus.EXPIRED), make_session(2)], [])
    sessions.ui.searchEdit.setText("Customer 2")
    sessions.select("s1")
    assert sessions.current is not None
    assert sessions.current.id == "s1"
    assert sessions.ui.searchEdit.text() == ""


def test_a_click_on_a_header_sorts_by_that_column(sessions: SessionList) -> None:
    sessions.apply([make_session(1, name="Zoé"), make_session(2, name="Anna", minute=1)], [])
    header = sessions.ui.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.NAME) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert top(sessions) == "Anna"
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert top(sessions) == "Zoé"


def test_widths_order_and_sorting_are_remembered(sessions: SessionList, qtbot: QtBot) -> None:
    header = sessions.ui.table.horizontalHeader()
    header.moveSection(header.visualIndex(Column.CREATED), 0)
    header.resizeSection(Column.NAME, 333)
    header.setSortIndicator(Column.CREATED, Qt.SortOrder.AscendingOrder)
    other = SessionList()
    qtbot.addWidget(other)
    other.set_model(SessionModel(SessionCells(START.timestamp, "t1"), other))
    other.restore_state(sessions.save_state())
    restored = other.ui.table.horizontalHeader()
    assert restored.visualIndex(Column.CREATED) == 0
    assert restored.sectionSize(Column.NAME) == 333
    other.apply([make_session(2, minute=0), make_session(1, minute=5)], [])
    assert top(other) == "Customer 1"


def test_a_damaged_state_changes_nothing(sessions: SessionList) -> None:
    sessions.restore_state(b"no such state")
    header = sessions.ui.table.horizontalHeader()
    assert header.sortIndicatorSection() == Column.TIME


def test_ctrl_f_goes_to_the_search_and_enter_to_the_first_hit(
    sessions: SessionList, qtbot: QtBot
) -> None:
    sessions.apply([make_session(1), make_session(2, minute=1)], [])
    sessions.focus_search()
    QTest.keyClicks(sessions.ui.searchEdit, "customer 2")
    QTest.keyClick(sessions.ui.searchEdit, Qt.Key.Key_Return)
    assert sessions.current is not None
    assert sessions.current.id == "s2"


@pytest.mark.parametrize("shown", list(Shown))
def test_every_choice_of_the_filter_can_be_chosen(sessions: SessionList, shown: Shown) -> None:
    sessions.ui.statusBox.setCurrentIndex(list(Shown).index(shown))
    model = sessions.ui.table.model()
    assert isinstance(model, SessionModel)
    assert model.filter.shown is shown


def test_every_control_has_a_name_for_screen_readers(sessions: SessionList) -> None:
    for control in (sessions.ui.searchEdit, sessions.ui.statusBox, sessions.ui.table):
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface is not None
        assert control.accessibleName()
