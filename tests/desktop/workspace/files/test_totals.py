"""How far all transfers have got together."""

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


def change(totals: Totals, changed: Transfer, state: TransferState, done: int) -> None:
    changed.state, changed.done = state, done
    totals.look(changed)


def figures(totals: Totals) -> tuple[int, int, int, int, int]:
    return totals.files, totals.over, totals.failed, totals.size, totals.done


def test_files_and_bytes_are_added_up_and_what_failed_is_no_longer_expected() -> None:
    totals = Totals()
    first, second, third = transfer(100), transfer(50), transfer(30)
    for each in (first, second, third):
        totals.look(each)
    change(totals, first, TransferState.RUNNING, 40)
    assert figures(totals) == (3, 0, 0, 180, 40)
    change(totals, first, TransferState.DONE, 100)
    change(totals, second, TransferState.FAILED, 20)
    assert figures(totals) == (3, 2, 1, 150, 120)


def test_once_all_are_over_the_next_file_begins_a_new_sum() -> None:
    totals = Totals()
    first = transfer(100)
    change(totals, first, TransferState.DONE, 100)
    totals.look(transfer(7))
    assert figures(totals) == (1, 0, 0, 7, 0)


def test_the_speed_is_that_of_all_files_and_gives_the_time_left() -> None:
    clock = Clock()
    totals = Totals(clock)
    first, second = transfer(1_000), transfer(1_000)
    for each in (first, second):
        change(totals, each, TransferState.RUNNING, 0)
    clock.now_s = 1.0
    change(totals, first, TransferState.RUNNING, 100)
    change(totals, second, TransferState.RUNNING, 100)
    clock.now_s = 2.0
    change(totals, first, TransferState.RUNNING, 200)
    assert totals.bytes_per_s > 0
    assert totals.left_s == pytest.approx(1_700 / totals.bytes_per_s)
    change(totals, first, TransferState.PAUSED, 200)
    assert totals.left_s == 0.0


def test_after_any_changes_the_sums_match_a_recount() -> None:
    chance = random.Random(1)
    totals = Totals()
    transfers = [transfer(chance.randrange(1_000)) for _ in range(40)]
    for each in transfers:
        totals.look(each)
    for _ in range(500):
        each = chance.choice(transfers[1:])
        if not each.over:
            state = chance.choice(list(TransferState))
            change(totals, each, state, chance.randrange(each.size + 1))
    assert totals.over == sum(each.over for each in transfers)
    failed = {each for each in transfers if each.state is TransferState.FAILED}
    assert totals.failed == len(failed)
    assert totals.size == sum(each.done if each in failed else each.size for each in transfers)


def test_the_line_is_shown_only_for_several_files(qtbot: QtBot) -> None:
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
