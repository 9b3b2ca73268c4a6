"""A table of texts answers what Qt's views ask."""

from enum import IntEnum

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from rescue_console.desktop.look.text_table import Index, TextTable
from rescue_console.desktop.look.tool_tip import tool_tip

ROWS = [("Ada", "<b>1815</b>"), ("Grace", "1906")]


class PersonColumn(IntEnum):
    NAME = 0
    BORN = 1


class People(TextTable):
    columns = PersonColumn
    rows = ROWS

    def count(self) -> int:
        return len(self.rows)

    def text(self, index: Index) -> str:
        return self.rows[index.row()][index.column()]

    def titles(self) -> dict[int, str]:
        return {PersonColumn.NAME: "Name", PersonColumn.BORN: "Born"}


@pytest.fixture
def people(qtbot: QtBot) -> People:
    return People()


def test_it_obeys_qts_rules_for_models(people: People, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(people)  # type: ignore[no-untyped-call]
    assert (people.rowCount(), people.columnCount()) == (2, 2)
    assert people.rowCount(people.index(0, 0)) == 0


def test_a_cell_shows_its_text_and_the_tool_tip_the_whole_of_it(people: People) -> None:
    cell = people.index(0, PersonColumn.BORN)
    assert people.data(cell) == "<b>1815</b>"
    assert people.data(cell, Qt.ItemDataRole.ToolTipRole) == tool_tip("<b>1815</b>")
    assert people.data(cell, Qt.ItemDataRole.DecorationRole) is None
    assert people.data(QModelIndex()) is None


def test_titles_stand_above_the_columns(people: People) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [people.headerData(column, across) for column in PersonColumn] == ["Name", "Born"]
    assert people.headerData(0, down) is None


def test_in_another_language_every_text_is_read_again(people: People, qtbot: QtBot) -> None:
    with (
        qtbot.waitSignal(people.headerDataChanged),
        qtbot.waitSignal(people.dataChanged) as emitted,
    ):
        people.retranslate()
    first, last, *_ = emitted.args
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 1, 1)


def test_an_empty_table_has_only_titles_to_be_read_again(
    people: People, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(People, "rows", [])
    with qtbot.assertNotEmitted(people.dataChanged), qtbot.waitSignal(people.headerDataChanged):
        people.retranslate()
