"""How far many transfers are together."""

import random

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.files.totals import Totals
from rescue_console.desktop.workspace.files.totals_line import TotalsLine
from rescue_console.peer.files.transfer import Transfer, TransferState

WAIT_MS = 20_000


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def transfer(size: int) -> Transfer:
    return Transfer(id=1, name="a", size=size, incoming=False)


def change(totals: Totals, one: Transfer, state: TransferState, done: int) -> None:
    one.state, one.done = state, done
    totals.look(one)


def figures(totals: Totals) -> tuple[int, int, int, int, int]:
    return totals.files, totals.over, totals.failed, totals.size, totals.done


def test_files_and_bytes_are_added_up_and_what_failed_is_no_longer_expected() -> None:
    totals = Totals()
    first, second, third = transfer(100), transfer(50), transfer(30)
    for one in (first, second, third):
        totals.look(one)
    change(totals, first, TransferState.RUNNING, 40)
    assert figures(totals) == (3, 0, 0, 180, 40)
    change(totals, first, TransferState.DONE, 100)
    change(totals, second, TransferState.FAILED, 20)
    assert figures(totals) == (3, 2, 1, 150, 120)


def test_after_all_is_over_the_next_file_begins_a_new_sum() -> None:
    totals = Totals()
    first = transfer(100)
    change(totals, first, TransferState.DONE, 100)
    totals.look(transfer(7))
    assert figures(totals) == (1, 0, 0, 7, 0)


def test_the_speed_is_that_of_all_and_tells_how_long_it_takes() -> None:
    clock = Clock()
    totals = Totals(clock)
    first, second = transfer(1_000), transfer(1_000)
    for one in (first, second):
        change(totals, one, TransferState.RUNNING, 0)
    clock.now_s = 1.0
    change(totals, first, TransferState.RUNNING, 100)
    change(totals, second, TransferState.RUNNING, 100)
    clock.now_s = 2.0
    change(totals, first, TransferState.RUNNING, 200)
    assert totals.bytes_per_s > 0
    assert totals.left_s == pytest.approx(1_700 / totals.bytes_per_s)
    change(totals, first, TransferState.PAUSED, 200)
    assert totals.left_s == 0.0


def test_any_changes_leave_the_sums_as_counted_anew() -> None:
    chance = random.Random(1)
    totals = Totals()
    transfers = [transfer(chance.randrange(1_000)) for _ in range(40)]
    for one in transfers:
        totals.look(one)
    for _ in range(500):
        one = chance.choice(transfers[1:])
        if not one.over:
            change(totals, one, chance.choice(list(TransferState)), chance.randrange(one.size + 1))
    assert totals.over == sum(one.over for one in transfers)
    assert totals.failed == sum(one.state is TransferState.FAILED for one in transfers)
    ended = {one for one in transfers if one.state is TransferState.FAILED}
    assert totals.size == sum(one.done if one in ended else one.size for one in transfers)


def test_the_line_is_there_for_several_files_only(qtbot: QtBot) -> None:
    label, button = QLabel(), QPushButton()
    for widget in (label, button):
        qtbot.addWidget(widget)
    owner = QObject()
    line = TotalsLine(label, button, owner)
    assert label.isHidden()
    assert not button.isEnabled()
    first, second = transfer(2_000), transfer(1_000)
    line.show(first)
    qtbot.waitUntil(button.isEnabled, timeout=WAIT_MS)
    assert label.isHidden()
    first.state, first.done = TransferState.DONE, 2_000
    line.show(second)
    line.show(first)
    qtbot.waitUntil(lambda: label.text().startswith("Files: 1 of 2, "), timeout=WAIT_MS)
    assert not label.isHidden()
    second.state = TransferState.FAILED
    line.show(second)
    qtbot.waitUntil(lambda: label.text().endswith("not transferred: 1"), timeout=WAIT_MS)
    assert not button.isEnabled()
