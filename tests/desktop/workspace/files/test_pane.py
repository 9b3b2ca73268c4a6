"""The files section: sends, receives when the technician agrees, and works in folders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import qasync
from PySide6.QtCore import QMimeData, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.words.file_problem import file_problem_text
from rescue_console.desktop.words.folder_problem import folder_problem_text
from rescue_console.desktop.workspace.files.console_reception import QUESTIONS_MAX
from rescue_console.desktop.workspace.files.folder_model import FolderModel, join
from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.files.pane import FilesPane
from rescue_console.desktop.workspace.files.transfer_model import (
    PERCENT_ROLE,
    TransferColumn,
    TransferModel,
)
from rescue_console.desktop.workspace.section.identity import Identity
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.peer.files.sources import find_sources
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.answers import Me
from rescue_console.protocol.channel import (
    Done,
    Entry,
    FileEnded,
    FileOffered,
    FolderListed,
    FolderWanted,
)
from rescue_console.protocol.file_problems import FileProblem, FolderProblem
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.applet_behind import AppletBehind
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 30_000
GRANTED = make_session(
    1,
    SessionStatus.ACTIVE,
    technician=ALICE,
    applet=True,
    name="Mrs Smith",
    consents={Power.FILES: Consent.GRANTED, Power.FILE_MANAGER: Consent.GRANTED},
)
NOTHING_GRANTED = msgspec.structs.replace(GRANTED, consents={})


@pytest.fixture
def channel() -> OpenChannel:
    return OpenChannel()


@pytest.fixture
def applet(channel: OpenChannel, qt_loop: qasync.QEventLoop, tmp_path: Path) -> AppletBehind:
    return AppletBehind(channel, qt_loop, tmp_path / "customer")


@pytest.fixture
def situation(standing: Standing) -> Situation:
    return Situation(GRANTED, standing)


@pytest.fixture
def pane(
    channel: OpenChannel, qt_loop: qasync.QEventLoop, qtbot: QtBot, situation: Situation
) -> Iterator[FilesPane]:
    page_link = PageLink(FakeCalls(), Identity())
    pane = FilesPane(situation, channel, page_link)  # type: ignore[arg-type]  # the test is its other end
    qtbot.addWidget(pane)
    pane.show()
    yield pane
    pane.close()
    closing = qt_loop.create_task(pane.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)


@pytest.fixture
def downloads() -> Path:
    places = QStandardPaths.StandardLocation.DownloadLocation
    return Path(QStandardPaths.writableLocation(places))


def box_of(pane: FilesPane, qtbot: QtBot) -> QMessageBox:
    boxes: list[QMessageBox] = []

    def there() -> bool:
        boxes[:] = [box for box in pane.findChildren(QMessageBox) if box.isVisible()]
        return bool(boxes)

    qtbot.waitUntil(there, timeout=WAIT_MS)
    return boxes[0]


def click(box: QMessageBox, label: str) -> None:
    [button] = [button for button in box.buttons() if button.text() == label]
    button.click()


def answer(pane: FilesPane, qtbot: QtBot, label: str) -> str:
    """Answer the question in the section; return its text."""
    bar = pane.ui.questionBar
    qtbot.waitUntil(lambda: any(button.text() == label for button in bar.buttons), timeout=WAIT_MS)
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)
    asked = bar.ui.message.text()
    [button] = [button for button in bar.buttons if button.text() == label]
    button.click()
    return asked


def first(pane: FilesPane) -> Transfer:
    return pane.model.transfer(pane.model.index(0, 0))


def test_what_is_dropped_goes_to_the_customer(
    pane: FilesPane, applet: AppletBehind, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "album").mkdir()
    (tmp_path / "album" / "sea.jpg").write_bytes(b"s" * 300_000)
    applet.come()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "album"))])
    pane.dropEvent(
        QDropEvent(
            QPointF(1, 1),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    there = applet.downloads / "album" / "sea.jpg"
    qtbot.waitUntil(lambda: pane.model.rowCount() == 1 and first(pane).over, timeout=WAIT_MS)
    assert first(pane).problem == ""
    assert there.read_bytes() == b"s" * 300_000


@pytest.mark.parametrize("label", ["Receive", "Refuse"])
def test_the_customers_file_is_received_when_the_technician_agrees(
    pane: FilesPane,
    applet: AppletBehind,
    qtbot: QtBot,
    tmp_path: Path,
    downloads: Path,
    label: str,
) -> None:
    name = f"{tmp_path.name}.txt"
    (tmp_path / name).write_bytes(b"hello")
    applet.come()
    applet.send(tmp_path / name)
    asked = answer(pane, qtbot, label)
    assert asked.startswith("Mrs Smith wants to send you")
    assert name in asked
    qtbot.waitUntil(lambda: first(pane).over, timeout=WAIT_MS)
    assert (downloads / name).exists() == (label == "Receive")


def test_a_question_is_shown_in_the_section_ignores_keys_and_is_counted(
    pane: FilesPane, channel: OpenChannel, qtbot: QtBot
) -> None:
    called: list[None] = []
    pane.attention_wanted.connect(lambda: called.append(None))
    bar = pane.ui.questionBar
    channel.open()
    for number in range(1, 5, 2):
        channel.received.emit(FileOffered(id=number, name=f"{number}.txt", size=1))
    qtbot.waitUntil(lambda: pane.badge() == 2, timeout=WAIT_MS)
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)
    assert QApplication.activeModalWidget() is None
    assert not any(button.hasFocus() or button.isDefault() for button in bar.buttons)
    pane.ui.transfers.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space):
        QTest.keyClick(pane.ui.transfers, key)
    assert pane.badge() == 2
    assert "“1.txt”" in answer(pane, qtbot, "Refuse")
    qtbot.waitUntil(lambda: "“3.txt”" in bar.ui.message.text(), timeout=WAIT_MS)
    assert called == [None]
    # The offer is withdrawn, so nobody need answer any more.
    channel.received.emit(FileEnded(id=3, problem="not any more"))
    qtbot.waitUntil(lambda: pane.badge() == 0, timeout=WAIT_MS)
    assert not bar.isVisible()


def test_too_many_offers_are_refused_at_once_with_the_reason(
    pane: FilesPane, channel: OpenChannel, qtbot: QtBot, situation: Situation
) -> None:
    channel.open()
    for number in range(1, 2 * (QUESTIONS_MAX + 1), 2):
        channel.received.emit(FileOffered(id=number, name=f"{number}.txt", size=1))
    last = FileEnded.because(2 * QUESTIONS_MAX + 1, FileProblem.TOO_MANY)
    qtbot.waitUntil(lambda: last in channel.sent, timeout=WAIT_MS)
    assert pane.badge() == QUESTIONS_MAX
    # When the consent goes, so do the questions.
    situation.update(NOTHING_GRANTED)
    qtbot.waitUntil(lambda: pane.badge() == 0, timeout=WAIT_MS)


def test_all_of_a_customers_files_can_be_refused_until_the_technician_changes_that(
    pane: FilesPane, channel: OpenChannel, qtbot: QtBot
) -> None:
    def offer(number: int) -> None:
        channel.received.emit(FileOffered(id=number, name=f"{number}.txt", size=1))

    def is_refused(number: int) -> bool:
        return FileEnded.because(number, FileProblem.REFUSED) in channel.sent

    channel.open()
    offer(1)
    offer(3)
    answer(pane, qtbot, "Refuse all from this customer")
    qtbot.waitUntil(lambda: is_refused(1) and is_refused(3), timeout=WAIT_MS)
    offer(5)
    qtbot.waitUntil(lambda: is_refused(5), timeout=WAIT_MS)
    assert pane.badge() == 0
    assert pane.ui.refusingBanner.text == "Files from Mrs Smith are refused without a question."
    pane.ui.refusingBanner.ui.button.click()
    assert not pane.ui.refusingBanner.isVisible()
    offer(7)
    answer(pane, qtbot, "Refuse")
    qtbot.waitUntil(lambda: is_refused(7), timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("label", "names"),
    [("Keep both", {"a.txt", "a (2).txt"}), ("Replace", {"a.txt"}), ("Skip", {"a.txt"})],
)
def test_nothing_is_overwritten_without_asking(
    pane: FilesPane,
    applet: AppletBehind,
    qtbot: QtBot,
    tmp_path: Path,
    label: str,
    names: set[str],
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt").write_bytes(b"new")
    applet.come()
    pane.reception.want(2, str(tmp_path / "a.txt"), tmp_path / "mine")
    pane.ui.folderView.ui.pathEdit.setText(str(tmp_path))
    applet.files.offer(find_sources([tmp_path / "a.txt"]), 2)
    assert answer(pane, qtbot, label) == "Mrs Smith: “a.txt” is in the folder already."
    qtbot.waitUntil(lambda: first(pane).over, timeout=WAIT_MS)
    assert {path.name for path in (tmp_path / "mine").iterdir()} == names
    replaced = (tmp_path / "mine" / "a.txt").read_bytes() == b"new"
    assert replaced == (label == "Replace")


def test_without_consent_nothing_can_be_sent_and_the_reason_is_shown(
    pane: FilesPane, applet: AppletBehind, situation: Situation
) -> None:
    applet.come()
    assert pane.ui.sendButton.isEnabled()
    situation.update(NOTHING_GRANTED)
    assert not pane.ui.sendButton.isEnabled()
    assert pane.ui.message.text() == "The customer has not allowed this yet."
    assert pane.ui.askButton.isVisible()
    assert not pane.ui.folderView.ui.entries.isEnabled()


def test_a_technician_who_may_not_receive_gets_nothing(
    pane: FilesPane, applet: AppletBehind, qtbot: QtBot, tmp_path: Path, me: Me, standing: Standing
) -> None:
    kept = [other for other in Permission if other is not Permission.RECEIVE_FILES]
    standing.me = msgspec.structs.replace(me, permissions=kept)
    (tmp_path / "a.txt").write_bytes(b"hello")
    applet.come()
    applet.send(tmp_path / "a.txt")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 1 and first(pane).over, timeout=WAIT_MS)
    assert first(pane).problem == FileProblem.REFUSED


def test_a_chosen_transfer_can_be_cancelled(
    pane: FilesPane, applet: AppletBehind, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello")
    pane.send([tmp_path / "a.txt"])
    qtbot.waitUntil(lambda: pane.model.rowCount() == 1, timeout=WAIT_MS)
    assert first(pane).state is TransferState.PAUSED
    pane.ui.transfers.selectRow(0)
    pane.ui.cancelButton.click()
    assert first(pane).problem == FileProblem.CANCELLED
    assert not pane.ui.cancelButton.isEnabled()
    pane.ui.clearButton.click()
    assert pane.model.rowCount() == 0


def test_transfers_under_way_are_at_stake_until_they_are_over(
    pane: FilesPane, qtbot: QtBot, tmp_path: Path, situation: Situation
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"hello")
    assert pane.at_stake() == ""
    pane.send([tmp_path / "a.txt", tmp_path / "b.txt"])
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2, timeout=WAIT_MS)
    assert pane.at_stake() == "Transfers under way: 2. They will be cancelled."
    # The other power still allows them.
    assert pane.at_stake(Power.FILES) == ""
    situation.update(msgspec.structs.replace(GRANTED, consents={Power.FILES: Consent.GRANTED}))
    assert pane.at_stake(Power.FILES) != ""
    assert pane.at_stake(Power.VIEW) == ""
    situation.update(NOTHING_GRANTED)
    assert pane.at_stake() == ""


def test_a_folder_is_asked_for_again_in_case_the_applet_did_not_know_of_the_consent_yet(
    pane: FilesPane, channel: OpenChannel, qtbot: QtBot
) -> None:
    channel.open()
    qtbot.waitUntil(lambda: len(channel.sent) == 2, timeout=WAIT_MS)
    first, again = channel.sent
    assert isinstance(first, FolderWanted)
    assert again == first
    channel.received.emit(FolderListed(id=first.id, path="/home"))
    assert pane.ui.folderView.model.path == "/home"


def test_a_folder_is_not_asked_for_again_once_consent_has_gone(
    pane: FilesPane, channel: OpenChannel, situation: Situation
) -> None:
    channel.open()
    situation.update(NOTHING_GRANTED)
    assert not pane.ui.folderView._again.isActive()


@pytest.mark.parametrize(
    ("more", "hidden", "note"),
    [
        (False, 0, ""),
        (False, 3, "Not shown: 3 thing(s). Their names are not readable text."),
        (True, 7, "The folder holds more than can be shown. Not shown: 7 thing(s)."),
    ],
)
def test_what_the_folder_view_leaves_out_is_counted(
    pane: FilesPane, channel: OpenChannel, more: bool, hidden: int, note: str
) -> None:
    channel.open()
    wanted = [message for message in channel.sent if isinstance(message, FolderWanted)][-1]
    listed = FolderListed(id=wanted.id, path="/x", more=more, hidden=hidden)
    channel.received.emit(listed)
    assert pane.ui.folderView.ui.message.text() == note


def test_the_problem_of_one_of_several_changes_stays_until_the_next_change(
    pane: FilesPane, channel: OpenChannel, qtbot: QtBot
) -> None:
    view = pane.ui.folderView
    channel.open()
    entries = [Entry(name=f"{number}.txt", folder=False, size=1) for number in range(3)]

    def list_folder(*, more: bool) -> None:
        wanted = [message for message in channel.sent if isinstance(message, FolderWanted)][-1]
        channel.received.emit(FolderListed(id=wanted.id, path="/x", entries=entries, more=more))

    list_folder(more=False)
    view.ui.entries.selectAll()
    view.ui.deleteButton.click()
    click(box_of(pane, qtbot), "Delete")
    qtbot.waitUntil(lambda: len(view._awaited) == 3, timeout=WAIT_MS)
    for number, problem in zip(sorted(view._awaited), ("Permission denied", "", ""), strict=True):
        channel.received.emit(Done(id=number, problem=problem))
        list_folder(more=True)
    assert view.ui.message.text() == "1 of 3 failed: Permission denied"
    view.ui.refreshButton.click()
    list_folder(more=True)
    assert view.ui.message.text() == "The folder holds more than can be shown."


def test_folders_are_opened_made_renamed_and_deleted(
    pane: FilesPane, applet: AppletBehind, qtbot: QtBot, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    (home / "docs").mkdir(parents=True)
    (home / "a.txt").write_bytes(b"1")
    view = pane.ui.folderView
    view.ui.pathEdit.setText(str(home))
    applet.come()
    qtbot.waitUntil(lambda: view.model.rowCount() == 2, timeout=WAIT_MS)
    assert [view.model.index(row, 0).data() for row in range(2)] == ["docs", "a.txt"]

    view.ui.makeButton.click()
    _answer_name(view, qtbot, "new")
    qtbot.waitUntil(lambda: view.model.rowCount() == 3, timeout=WAIT_MS)
    assert (home / "new").is_dir()

    view.ui.entries.selectRow(2)
    view.ui.renameButton.click()
    _answer_name(view, qtbot, "b.txt")
    qtbot.waitUntil(lambda: view.model.index(2, 0).data() == "b.txt", timeout=WAIT_MS)

    view.ui.entries.selectRow(2)
    view.ui.deleteButton.click()
    box = box_of(pane, qtbot)
    assert box.text().startswith("Mrs Smith\nDelete")
    assert str(home / "b.txt") in box.text()
    click(box, "Delete")
    qtbot.waitUntil(lambda: view.model.rowCount() == 2, timeout=WAIT_MS)
    assert sorted(path.name for path in home.iterdir()) == ["docs", "new"]


def test_a_file_is_fetched_into_the_chosen_folder(
    pane: FilesPane, applet: AppletBehind, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a.txt").write_bytes(b"1")
    (tmp_path / "mine").mkdir()
    view = pane.ui.folderView
    view.ui.pathEdit.setText(str(tmp_path / "theirs"))
    applet.come()
    qtbot.waitUntil(lambda: view.model.rowCount() == 1, timeout=WAIT_MS)
    view.ui.entries.selectRow(0)
    view.ui.fetchButton.click()
    qtbot.waitUntil(lambda: bool(view.findChildren(QFileDialog)), timeout=WAIT_MS)
    [dialog] = view.findChildren(QFileDialog)
    dialog.setDirectory(str(tmp_path / "mine"))
    dialog.accept()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 1 and first(pane).over, timeout=WAIT_MS)
    assert first(pane).path == tmp_path / "mine" / "a.txt", first(pane)
    assert (tmp_path / "mine" / "a.txt").read_bytes() == b"1"


def _answer_name(view: object, qtbot: QtBot, name: str) -> None:
    dialogs: list[QInputDialog] = []

    def there() -> bool:
        dialogs[:] = [d for d in view.findChildren(QInputDialog) if d.isVisible()]  # type: ignore[attr-defined]
        return bool(dialogs)

    qtbot.waitUntil(there, timeout=WAIT_MS)
    dialogs[0].setTextValue(name)
    dialogs[0].accept()


def test_speed_and_time_left_follow_the_clock() -> None:
    now = [0.0]
    model = TransferModel(clock_s=lambda: now[0])
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    transfer = Transfer(0, "a\nb.bin", 10_000_000, incoming=True, state=TransferState.RUNNING)
    model.show(transfer)
    now[0], transfer.done = 1.0, 1_000_000
    model.show(transfer)
    shown = [model.index(0, column).data() for column in TransferColumn]
    assert shown[0] == "a b.bin"
    assert shown[TransferColumn.STATE] == "10 %"
    assert "/s" in shown[TransferColumn.SPEED]
    assert shown[TransferColumn.LEFT] == "0:09"
    assert model.index(0, TransferColumn.STATE).data(PERCENT_ROLE) == 10
    transfer.state = TransferState.DONE
    model.show(transfer)
    assert model.index(0, TransferColumn.SPEED).data() == ""


def test_a_folders_rows_are_folders_first_and_paths_fit_the_system() -> None:
    model = FolderModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    entries = [
        Entry(name="b.txt", folder=False, size=5, modified_s=2**53),
        Entry(name="Z", folder=True),
        Entry(name="a", folder=True),
    ]
    model.set_listing(FolderListed(id=0, path="C:\\Users", entries=entries))
    assert [model.index(row, 0).data() for row in range(3)] == ["a", "Z", "b.txt"]
    assert model.path_of(entries[0]) == "C:\\Users\\b.txt"
    assert join("/home/", "a") == "/home/a"
    assert join("/", "a") == "/a"
    assert join("C:\\", "a") == "C:\\a"


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        *((problem, file_problem_text) for problem in FileProblem),
        *((problem, folder_problem_text) for problem in FolderProblem),
    ],
)
def test_every_known_problem_has_its_english_and_its_french(
    problem: str, text: Callable[[str], str], request: pytest.FixtureRequest
) -> None:
    english = text(problem)
    request.getfixturevalue("french")
    assert len({str(problem), english, text(problem)}) == 3


def test_the_words_of_another_version_are_shown_as_they_are() -> None:
    assert file_problem_text("Le disque est parti.") == "Le disque est parti."
    assert folder_problem_text("Le dossier\nest parti.") == "Le dossier est parti."


def test_a_lost_channel_pauses_transfers_and_its_return_resumes_them(
    pane: FilesPane, channel: OpenChannel, applet: AppletBehind, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello")
    pane.send([tmp_path / "a.txt"])
    qtbot.waitUntil(lambda: pane.model.rowCount() == 1, timeout=WAIT_MS)
    assert first(pane).state is TransferState.PAUSED
    assert pane.ui.message.text() == "Waiting for the connection to the customer’s applet."
    applet.come()
    qtbot.waitUntil(lambda: first(pane).over, timeout=WAIT_MS)
    assert (applet.downloads / "a.txt").read_bytes() == b"hello"


def test_a_whole_folder_is_cancelled_at_once(
    pane: FilesPane, channel: OpenChannel, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_text("x" * 1_000)
    channel.open()
    pane.send([folder])
    qtbot.waitUntil(lambda: pane.totals.totals.files == 12, timeout=WAIT_MS)
    qtbot.waitUntil(pane.ui.cancelAllButton.isEnabled, timeout=WAIT_MS)
    pane.ui.cancelAllButton.click()
    qtbot.waitUntil(lambda: pane.totals.totals.failed == 12, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not pane.ui.cancelAllButton.isEnabled(), timeout=WAIT_MS)
    assert pane.ui.totalLabel.text().startswith("Files: 12 of 12, ")
