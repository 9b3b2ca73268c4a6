"""The Transfer dialog: colleagues and groups to choose from, and the session on its way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from rescue_console.desktop.actions.transfer import TransferDialog
from rescue_console.desktop.actions.transfer_targets import NAME_ROLE, TransferTargets
from rescue_console.network.errors import Unreachable, Why
from rescue_console.protocol.answers import Colleague, Colleagues, Session
from rescue_console.protocol.choices import Availability, ConnectionMethod
from rescue_console.protocol.requests import CreateSession, TransferSession
from tests.stage.technicians.fake_calls import FakeCalls

pytestmark = pytest.mark.usefixtures("qt_loop")
WAIT_MS = 20_000


@pytest.fixture
def session(calls: FakeCalls) -> Session:
    session = calls._session(CreateSession(method=ConnectionMethod.LINK, name="Jean"), 0)
    calls.sessions["key"] = session
    return session


@pytest.fixture
def dialog(qtbot: QtBot, calls: FakeCalls, session: Session) -> TransferDialog:
    dialog = TransferDialog(calls, session)
    qtbot.addWidget(dialog)
    return dialog


def open_and_wait(dialog: TransferDialog, qtbot: QtBot) -> None:
    dialog.show()
    qtbot.waitUntil(lambda: dialog._jobs.running == 0, timeout=WAIT_MS)


def names(dialog: TransferDialog) -> list[str]:
    model = dialog.ui.targetView.model()
    return [model.index(row, 0).data(NAME_ROLE) for row in range(model.rowCount())]


def test_the_model_obeys_qts_rules(qtbot: QtBot, calls: FakeCalls) -> None:
    targets = TransferTargets()
    tester = QAbstractItemModelTester(targets)
    targets.show(calls.known)
    targets.show(Colleagues(technicians=[], groups=[]))
    assert targets.rowCount() == 0
    assert tester.model() is targets


def test_groups_and_colleagues_are_offered(dialog: TransferDialog, qtbot: QtBot) -> None:
    open_and_wait(dialog, qtbot)
    assert names(dialog) == ["Second line", "Bruno Leroy", "Chloé Petit"]
    assert "Jean" in dialog.ui.explanation.text()
    assert not dialog.isModal()


def test_typing_finds_and_enter_transfers_to_a_colleague(
    dialog: TransferDialog, calls: FakeCalls, session: Session, qtbot: QtBot
) -> None:
    open_and_wait(dialog, qtbot)
    QTest.keyClicks(dialog.ui.searchEdit, "chlo")
    assert names(dialog) == ["Chloé Petit"]
    dialog.ui.commentEdit.setText("  She knows the printer. ")
    with qtbot.waitSignal(dialog.transferred, timeout=WAIT_MS) as emitted:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert emitted.args == [session]
    assert calls.transfer_requests == [
        TransferSession(technician_id="t3", comment="She knows the printer.")
    ]
    qtbot.waitUntil(dialog.isHidden, timeout=WAIT_MS)


def test_only_colleagues_who_are_online_can_be_chosen(
    dialog: TransferDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    calls.known = Colleagues(
        technicians=[
            Colleague(id="t2", name="Bruno Leroy", availability=Availability.AWAY),
            Colleague(id="t3", name="Chloé Petit", availability=Availability.BUSY),
            Colleague(id="t4", name="David Blanc", availability=Availability.ONLINE),
        ],
        groups=[],
    )
    open_and_wait(dialog, qtbot)
    model = dialog.ui.targetView.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    assert [row.data() for row in rows] == [
        "Bruno Leroy – Away",
        "Chloé Petit – Busy",
        "David Blanc – Online",
    ]
    enabled = Qt.ItemFlag.ItemIsEnabled
    assert [bool(row.flags() & enabled) for row in rows] == [False, False, True]
    assert rows[0].data(Qt.ItemDataRole.ToolTipRole).startswith("Away: ")
    assert rows[1].data(Qt.ItemDataRole.ToolTipRole).startswith("Busy: ")
    assert dialog.target == calls.known.technicians[2]
    dialog.ui.searchEdit.setText("bruno")
    assert dialog.target is None
    assert not dialog.ui.transferButton.isEnabled()


def test_a_session_can_go_to_a_group(
    dialog: TransferDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    open_and_wait(dialog, qtbot)
    dialog.ui.transferButton.click()
    qtbot.waitUntil(dialog.isHidden, timeout=WAIT_MS)
    assert calls.transfer_requests == [TransferSession(group_id="g2")]


def test_an_error_leaves_the_comment_and_the_choice(
    dialog: TransferDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    open_and_wait(dialog, qtbot)
    dialog.ui.commentEdit.setText("printer")
    calls.fail("transfer", Unreachable(Why.LOST))
    dialog.ui.transferButton.click()
    qtbot.waitUntil(lambda: bool(dialog.ui.message.text()), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: dialog.ui.transferButton.isEnabled(), timeout=WAIT_MS)
    assert dialog.isVisible()
    assert dialog.ui.commentEdit.text() == "printer"


def test_colleagues_that_could_not_be_loaded_can_be_loaded_again(
    dialog: TransferDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    calls.fail("colleagues", Unreachable(Why.LOST))
    open_and_wait(dialog, qtbot)
    assert dialog.ui.message.text() == "The connection to the server was lost. Please try again."
    dialog.ui.retryButton.click()
    qtbot.waitUntil(lambda: len(names(dialog)) == 3, timeout=WAIT_MS)
    assert dialog.ui.message.isHidden()


def test_the_dialog_says_so_when_nobody_could_take_the_session_over(
    dialog: TransferDialog, calls: FakeCalls, qtbot: QtBot
) -> None:
    calls.known = Colleagues(technicians=[], groups=[])
    open_and_wait(dialog, qtbot)
    assert dialog.ui.message.text().startswith("There is no colleague")
    assert not dialog.ui.transferButton.isEnabled()


def test_a_search_without_a_hit_leaves_nothing_to_press(
    dialog: TransferDialog, qtbot: QtBot
) -> None:
    open_and_wait(dialog, qtbot)
    dialog.ui.searchEdit.setText("nobody")
    assert not dialog.ui.transferButton.isEnabled()
    assert dialog.ui.transferButton.toolTip() == "Select a colleague or a group."
    dialog.ui.searchEdit.clear()
    assert dialog.ui.transferButton.isEnabled()


def test_a_search_is_not_a_pattern(dialog: TransferDialog, qtbot: QtBot) -> None:
    open_and_wait(dialog, qtbot)
    dialog.ui.searchEdit.setText(".*")
    assert names(dialog) == []
