"""What the customer's side writes is shown as plain text: no markup, pictures or reordering."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import qasync
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rescue_console.desktop.look.message_label import MessageLabel
from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.desktop.session_log.model import LogColumn, SessionLogModel
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.files.folder_model import FolderColumn
from rescue_console.desktop.workspace.files.transfer_model import TransferColumn
from rescue_console.desktop.workspace.system.facts_model import FactColumn
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.answers import LogEntry, Me
from rescue_console.protocol.channel import (
    Done,
    Entry,
    Fact,
    FileOffered,
    FolderListed,
    FolderWanted,
    Greeting,
    RestartEnded,
    Screen,
    SystemInformation,
    SystemInformationWanted,
)
from rescue_console.protocol.powers import Power
from rescue_console.protocol.restart import RestartProblem
from tests.hostile.console_side import WAIT_MS, ConsoleSide, no_faults, rich_texts
from tests.hostile.messages import HOSTILE_TEXT
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import make_session

REORDERING = "\u202e"


@pytest.fixture
def console(
    calls: FakeCalls, me: Me, qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[ConsoleSide]:
    console = ConsoleSide(calls, me, qt_loop, qtbot, applet=True)
    console.grant(*Power)
    console.channel.open()
    yield console
    console.close()


def number_of(console: ConsoleSide, kind: type) -> int:
    """Return the number of the newest request of a kind."""
    return int([one for one in console.channel.sent if isinstance(one, kind)][-1].id)  # type: ignore[attr-defined]


def facts_of(console: ConsoleSide) -> list[str]:
    """Return section, name and value of the first line of system information."""
    model = console.system.model
    top = model.index(0, 0)
    inside = [model.index(0, column, top).data() for column in FactColumn]
    return [top.data(), *inside]


def test_no_section_shows_the_customers_words_as_markup(console: ConsoleSide) -> None:
    text = HOSTILE_TEXT
    console.system.refresh()
    with no_faults(console):
        console.hear(
            Greeting(
                system=text,
                version=text,
                screens=[Screen(name=text, left=0, top=0, width=1, height=1)] * 2,
                can_control=False,
                why_not=text,
                no_attention=text,
            ),
            FolderListed(
                id=number_of(console, FolderWanted),
                path=text,
                entries=[Entry(name=text, folder=False)],
            ),
            SystemInformation(
                id=number_of(console, SystemInformationWanted),
                facts=[Fact(section=text, name=text, value=text)],
            ),
            RestartEnded(id=0, problem=RestartProblem.REFUSED, detail=text),
        )
        transfer = Transfer(1, text, 1, incoming=True, state=TransferState.FAILED, problem=text)
        console.files.model.show(transfer)

    shown = [console.files.ui.folderView.model.index(0, FolderColumn.NAME).data()]
    for column in (TransferColumn.NAME, TransferColumn.STATE):
        shown.append(console.files.model.index(0, column).data())
    shown.append(console.screen.ui.controlLabel.text())
    shown += facts_of(console)
    assert all("<img" in one and REORDERING not in one for one in shown), shown
    assert "<img" not in console.screen.ui.attentionButton.toolTip()
    assert [rich_texts(pane) for pane in console.panes] == [[], [], []]


def test_a_problem_reported_by_the_applet_stays_text(console: ConsoleSide) -> None:
    view = console.files.ui.folderView
    console.hear(FolderListed(id=number_of(console, FolderWanted), path="/", problem=HOSTILE_TEXT))

    assert "<img" in view.ui.message.text()
    assert REORDERING not in view.ui.message.text()
    assert view.ui.message.textFormat() is Qt.TextFormat.PlainText


def test_an_answer_that_nobody_awaits_is_ignored(
    console: ConsoleSide,
) -> None:
    before = len(console.channel.sent)
    console.hear(*(Done(id=number, problem=HOSTILE_TEXT) for number in range(50)))

    assert len(console.channel.sent) == before
    assert console.files.ui.folderView.ui.message.text() == ""


def test_the_question_about_a_file_stays_text(console: ConsoleSide, qtbot: QtBot) -> None:
    console.hear(FileOffered(id=1, name=HOSTILE_TEXT.replace("/", ""), size=3))
    bar = console.files.ui.questionBar
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)

    assert bar.ui.message.textFormat() is Qt.TextFormat.PlainText
    assert REORDERING not in bar.ui.message.text()


def test_the_session_log_shows_the_customers_words_as_text() -> None:
    model = SessionLogModel()
    entry = LogEntry(
        at=datetime.now(UTC), what="restart_refused", who=HOSTILE_TEXT, detail=HOSTILE_TEXT
    )
    model.set_entries([entry])
    for column in (LogColumn.WHO, LogColumn.DETAIL):
        assert REORDERING not in model.index(0, column).data()
        tip = model.index(0, column).data(Qt.ItemDataRole.ToolTipRole)
        assert "&lt;img" in tip
        assert "<img" not in tip


def test_a_log_entry_of_an_unknown_kind_is_one_visible_line() -> None:
    model = SessionLogModel()
    model.set_entries([LogEntry(at=datetime.now(UTC), what=f"new\n{HOSTILE_TEXT}")])
    shown = model.index(0, LogColumn.WHAT).data()
    assert shown.startswith("new <img")
    assert shown.isprintable()


def test_a_customers_name_is_shown_without_invisible_characters() -> None:
    assert customer_name(make_session(1, name="Ada\u202e\n\u200bLovelace")) == "Ada Lovelace"
    assert customer_name(make_session(1, name="\u202e\u200b")) == "Customer"


def test_every_message_label_shows_text_only(qtbot: QtBot) -> None:
    label = MessageLabel()
    qtbot.addWidget(label)

    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_plain_tool_tip_stays_as_it_is() -> None:
    assert tool_tip("a < b & c") == "a < b & c"
