"""The system section: read when granted, grouped, filtered, copied and exported."""

import csv
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import qasync
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from rescue_console.applet.facts.opening import open_facts
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.system.fact_text import translated
from rescue_console.desktop.workspace.system.facts_export import as_csv, as_text
from rescue_console.desktop.workspace.system.facts_model import FactsModel
from rescue_console.desktop.workspace.system.pane import SystemPane
from rescue_console.protocol.channel import Fact, SystemInformation
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
    consents={Power.SYSTEM_INFORMATION: Consent.GRANTED},
)
FACTS = [
    Fact(section="System", name="Name", value="desk"),
    Fact(section="System", name="Version", value="=1+1"),
    Fact(section="Of their own", name="Two\nlines", value="x"),
]


@pytest.fixture
def channel() -> OpenChannel:
    return OpenChannel()


@pytest.fixture
def situation(standing: Standing) -> Situation:
    return Situation(GRANTED, standing)


@pytest.fixture
def pane(
    calls: FakeCalls,
    channel: OpenChannel,
    qt_loop: qasync.QEventLoop,
    qtbot: QtBot,
    situation: Situation,
) -> Iterator[SystemPane]:
    pane = SystemPane(situation, calls, channel)  # type: ignore[arg-type]  # the test is its other end
    qtbot.addWidget(pane)
    pane.show()
    yield pane
    pane.close()


def show_facts(pane: SystemPane, channel: OpenChannel) -> None:
    channel.open()
    [wanted] = channel.sent
    channel.received.emit(SystemInformation(id=wanted.id, facts=FACTS))  # type: ignore[attr-defined]


def test_facts_are_asked_for_again_in_case_the_applet_did_not_know_of_the_consent_yet(
    pane: SystemPane, channel: OpenChannel, qtbot: QtBot
) -> None:
    channel.open()
    qtbot.waitUntil(lambda: len(channel.sent) == 2, timeout=WAIT_MS)
    assert channel.sent[0] == channel.sent[1]
    channel.received.emit(SystemInformation(id=channel.sent[1].id, facts=FACTS))  # type: ignore[attr-defined]
    assert pane.facts


@pytest.mark.starts_programs
def test_facts_are_read_from_the_applet_as_soon_as_possible(
    pane: SystemPane, channel: OpenChannel, qt_loop: qasync.QEventLoop, qtbot: QtBot, tmp_path: Path
) -> None:
    applet = AppletBehind(channel, qt_loop, tmp_path)
    applet.come()
    qtbot.waitUntil(lambda: pane.shown.rowCount() > 3, timeout=WAIT_MS)
    sections = [pane.shown.index(row, 0).data() for row in range(pane.shown.rowCount())]
    assert sections[:3] == ["System", "Processor", "Memory"]
    assert pane.ui.message.text() == ""


def test_facts_are_grouped_and_filtered(pane: SystemPane, channel: OpenChannel) -> None:
    show_facts(pane, channel)
    assert pane.shown.rowCount() == 2
    pane.ui.filterEdit.setText("DESK")
    assert pane.shown.rowCount() == 1
    section = pane.shown.index(0, 0)
    assert pane.shown.rowCount(section) == 1
    assert pane.shown.index(0, 1, section).data() == "desk"


def test_chosen_facts_or_all_are_copied(pane: SystemPane, channel: OpenChannel) -> None:
    show_facts(pane, channel)
    pane.ui.copyButton.click()
    assert QGuiApplication.clipboard().text() == as_text(FACTS)
    section = pane.shown.index(0, 0)
    pane.ui.facts.setCurrentIndex(pane.shown.index(0, 0, section))
    pane.ui.copyButton.click()
    assert QGuiApplication.clipboard().text() == "Name\tdesk"


def test_an_export_is_text_or_a_table_without_formulas(
    pane: SystemPane, channel: OpenChannel, tmp_path: Path
) -> None:
    show_facts(pane, channel)
    pane.save(tmp_path / "facts.txt")
    assert (tmp_path / "facts.txt").read_text("utf-8").splitlines()[:2] == [
        "System",
        "  Name: desk",
    ]
    pane.save(tmp_path / "facts.csv")
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Section", "Name", "Value"]
    assert rows[2] == ["System", "Version", "'=1+1"]
    pane.save(tmp_path / "no" / "such" / "folder.txt")
    assert "could not be written" in pane.ui.message.text()


def test_without_consent_nothing_can_be_read_and_the_section_says_so(
    pane: SystemPane, channel: OpenChannel, situation: Situation
) -> None:
    situation.update(msgspec.structs.replace(GRANTED, consents={}))
    channel.open()
    assert channel.sent == []
    assert not pane.ui.refreshButton.isEnabled()
    assert pane.ui.askButton.isVisible()
    assert pane.ui.message.text() == "The customer has not allowed this yet."


def test_facts_read_before_a_loss_are_shown_afterwards_without_an_old_reason(
    pane: SystemPane, channel: OpenChannel
) -> None:
    show_facts(pane, channel)
    channel.lose()
    assert pane.ui.message.text().startswith("Waiting for the connection")
    channel.open()
    assert pane.ui.message.text() == ""


def test_an_answer_that_nobody_asked_for_is_not_shown(
    pane: SystemPane, channel: OpenChannel
) -> None:
    channel.open()
    channel.received.emit(SystemInformation(id=999, facts=FACTS))
    assert pane.shown.rowCount() == 0


@pytest.mark.usefixtures("french")
def test_known_words_are_shown_in_french_and_the_rest_as_it_is() -> None:
    facts = [
        Fact(section="System", name="Operating system", value="Debian"),
        Fact(section="Disks", name="/home", value="3.0 GiB free of 9.0 GiB"),
        Fact(section="Services", name="User", value="running"),
        Fact(section="Fans", name="Left one", value="Name"),
    ]
    shown = [(fact.section, fact.name, fact.value) for fact in map(translated, facts)]
    assert shown == [
        ("Système", "Système d’exploitation", "Debian"),
        ("Disques", "/home", "3.0 GiB libres sur 9.0 GiB"),
        ("Services", "User", "running"),
        ("Fans", "Left one", "Name"),
    ]


@pytest.mark.usefixtures("french")
@pytest.mark.starts_programs
def test_no_fact_about_this_computer_is_left_in_english() -> None:
    own = {"Version", "Architecture"}
    told = [fact for fact in open_facts().read() if fact.section in ("System", "Memory")]
    assert {fact.name for fact in told if translated(fact).name == fact.name} <= own


def test_the_model_is_a_proper_tree() -> None:
    model = FactsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_facts(FACTS)
    own = model.index(1, 0)
    assert own.data() == "Of their own"
    assert model.index(0, 1, own).parent() == own
    model.set_facts([])
    assert model.rowCount() == 0
    assert as_csv([]) == "Section,Name,Value\r\n"
