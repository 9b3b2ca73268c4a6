import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.filter import SessionFilter, Shown
from rescue_console.desktop.session_list.model import FEW, SessionModel
from rescue_console.desktop.session_list.order import Column, sort_key
from rescue_console.desktop.session_list.row import SessionRow
from rescue_console.protocol.answers import Session
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import START, make_session

MANY = FEW * 4


@pytest.fixture
def model(qapp: QApplication) -> Iterator[SessionModel]:
    """A model that Qt itself checks at every change."""
    model = SessionModel(SessionCells(START.timestamp, "t1"))
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )
    yield model
    del tester


def shown(model: SessionModel) -> list[str]:
    cells = [model.index(row, 0) for row in range(model.rowCount())]
    return [session.id for cell in cells if (session := model.session_at(cell)) is not None]


def test_the_customer_who_has_waited_longest_is_on_top(model: SessionModel) -> None:
    model.apply(
        [
            make_session(1, SessionStatus.INVITED, minute=0),
            make_session(2, SessionStatus.WAITING, minute=5),
            make_session(3, SessionStatus.ACTIVE, minute=1),
            make_session(4, SessionStatus.WAITING, minute=2),
        ]
    )
    assert shown(model) == ["s4", "s2", "s3", "s1"]


def test_ended_sessions_are_hidden_until_asked_for(model: SessionModel) -> None:
    model.apply([make_session(1), make_session(2, SessionStatus.EXPIRED)])
    assert shown(model) == ["s1"]
    model.set_filter(SessionFilter(shown=Shown.ALL))
    assert shown(model) == ["s1", "s2"]


def test_a_search_finds_without_accents_and_in_any_case(model: SessionModel) -> None:
    model.apply([make_session(1, name="Élodie Ça"), make_session(2, name="Marc")])
    model.set_filter(SessionFilter("elodie ca"))
    assert shown(model) == ["s1"]


@pytest.mark.parametrize("interrupted", [False, True], ids=["in one go", "while rows change"])
def test_deleting_letters_shows_what_was_shown_before(
    model: SessionModel, interrupted: bool
) -> None:
    names = ("Ana", "Anna", "Annabel", "Marc")
    truth = {f"s{n}": make_session(n, name=name) for n, name in enumerate(names)}
    model.apply([*truth.values()])
    for number, search in enumerate(("a", "an", "ann", "annab", "ann", "an", "bel", "", "ma")):
        model.set_filter(SessionFilter(search))
        if interrupted:
            changed = make_session(number % 4, name=names[-1 - number % 4])
            truth[changed.id] = changed
            model.apply([changed])
        check(model, truth)


def test_a_search_holds_after_the_order_has_changed(model: SessionModel) -> None:
    model.apply([make_session(n, name=name) for n, name in enumerate(("Ana", "Marc", "Anna"))])
    model.set_filter(SessionFilter("an"))
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    model.set_filter(SessionFilter(""))
    assert shown(model) == ["s1", "s2", "s0"]


def test_a_code_is_found_with_spaces_between_its_digits(model: SessionModel) -> None:
    model.apply([make_session(1, code="618689"), make_session(2, code="123456")])
    model.set_filter(SessionFilter("618 689"))
    assert shown(model) == ["s1"]


def test_one_change_is_signalled_for_its_row_only(model: SessionModel) -> None:
    model.apply([make_session(number, minute=number) for number in range(10)])
    spy = QSignalSpy(model.dataChanged)
    layouts = QSignalSpy(model.layoutChanged)
    model.apply([make_session(4, minute=4, name="Renamed")])
    assert spy.count() == 1
    assert (spy.at(0)[0].row(), spy.at(0)[1].row()) == (4, 4)
    assert layouts.count() == 0


def test_a_moving_row_is_signalled_as_a_move(model: SessionModel) -> None:
    model.apply([make_session(number, minute=number) for number in range(5)])
    moves = QSignalSpy(model.rowsMoved)
    model.apply([make_session(0, minute=9)])
    assert moves.count() == 1
    assert shown(model) == ["s1", "s2", "s3", "s4", "s0"]


def test_many_moving_rows_are_one_new_layout(model: SessionModel) -> None:
    model.apply([make_session(number, minute=number) for number in range(MANY)])
    layouts = QSignalSpy(model.layoutChanged)
    model.apply([make_session(number, minute=MANY - number) for number in range(MANY)])
    assert layouts.count() == 1
    assert shown(model)[:2] == [f"s{MANY - 1}", f"s{MANY - 2}"]


@pytest.mark.parametrize("count", [1, MANY])
def test_what_is_selected_stays_selected_while_rows_move(model: SessionModel, count: int) -> None:
    model.apply([make_session(number, minute=number) for number in range(MANY * 2)])
    selection = QItemSelectionModel(model)
    selection.select(model.index_of("s7"), QItemSelectionModel.SelectionFlag.Select)
    model.apply([make_session(number, minute=-number) for number in range(10, 10 + count)])
    model.apply([], ["s3"])
    assert [cell.row() for cell in selection.selectedIndexes()] == [model.index_of("s7").row()]


def test_a_filtered_out_row_loses_its_persistent_index(model: SessionModel) -> None:
    model.apply([make_session(1), make_session(2, name="Marc")])
    gone = QPersistentModelIndex(model.index_of("s1"))
    kept = QPersistentModelIndex(model.index_of("s2"))
    model.set_filter(SessionFilter("marc"))
    assert not gone.isValid()
    assert (kept.isValid(), kept.row()) == (True, 0)


def test_counts_follow_the_statuses(model: SessionModel) -> None:
    model.apply([make_session(1), make_session(2), make_session(3, SessionStatus.ACTIVE)])
    model.apply([make_session(1, SessionStatus.ACTIVE)], ["s2"])
    assert (model.counts["waiting"], model.counts["active"], model.total) == (0, 2, 2)


@pytest.mark.parametrize("seed", range(4))
def test_any_changes_leave_the_list_as_if_built_from_scratch(
    model: SessionModel, seed: int
) -> None:
    chance = random.Random(seed)
    truth: dict[str, Session] = {}
    for _ in range(60):
        match chance.randrange(8):
            case 0:
                model.sort(chance.choice(list(Column)), chance.choice(list(Qt.SortOrder)))
            case 1:
                search = chance.choice(["", "1", "customer 2", "anna"])
                model.set_filter(SessionFilter(search, chance.choice(list(Shown)[:4])))
            case _:
                size = chance.choice([1, 3, MANY])
                changed = [
                    make_session(
                        number,
                        chance.choice(list(SessionStatus)),
                        minute=chance.randrange(50),
                        name=chance.choice(["Anna", "Zoé", "", f"Customer {number}"]),
                    )
                    for number in chance.sample(range(200), size)
                ]
                removed = chance.sample(sorted(truth), min(len(truth), size // 2))
                removed = [gone for gone in removed if gone not in {s.id for s in changed}]
                model.apply(changed, removed)
                truth |= {session.id: session for session in changed}
                for gone in removed:
                    del truth[gone]
    check(model, truth)


def check(model: SessionModel, truth: dict[str, Session]) -> None:
    """Compare with a list filtered and sorted from scratch; equals may be in any order."""
    rows = [SessionRow(session, 0) for session in truth.values()]
    wanted = {row.id for row in rows if model.filter.matches(row)}
    assert set(shown(model)) == wanted
    key = sort_key(model._column)
    keys: list[Any] = [key(truth[each]) for each in shown(model)]
    if model._mirrored:
        keys.reverse()
    assert all(not after < before for before, after in pairwise(keys))
    for row, session_id in enumerate(shown(model)):
        assert model.index_of(session_id).row() == row
