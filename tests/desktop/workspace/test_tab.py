from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QStackedWidget, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.workspace.panes import Panes
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.network.errors import Refused
from rescue_console.protocol.answers import Me, Seat, Session
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import Problem
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, BRUNO, START, make_session

WAIT_MS = 20_000


class LastingPane(Pane):
    """A section that is still of use after the session."""

    lasts = True

    def __init__(self, situation: Situation) -> None:
        super().__init__(situation)
        self.closed = False
        self.field = QLineEdit(self)

    def title(self) -> str:
        return "Lasting"

    def close(self) -> bool:
        self.closed = True
        return super().close()


class RecordingPane(Pane):
    """A section that remembers what was reported to it."""

    permissions = frozenset({Permission.CHAT})

    def __init__(self, situation: Situation, told: list[str]) -> None:
        super().__init__(situation)
        self.told = told
        situation.session_changed.connect(self._on_session)
        situation.online_changed.connect(self._on_online)
        self.new = 0
        self.stake = ""
        self.hindered: dict[Power, str] = {}

    def title(self) -> str:
        return "Section"

    def badge(self) -> int:
        return self.new

    def at_stake(self, power: Power | None = None) -> str:
        return self.stake

    def hindrances(self) -> dict[Power, str]:
        return self.hindered

    def _on_session(self) -> None:
        self.told.append(f"session {self.situation.session.status}")

    def on_signal(self, signal: Signal) -> None:
        self.told.append(f"signal {signal.kind}")

    def _on_online(self) -> None:
        self.told.append(f"online {self.situation.online}")

    def close(self) -> bool:
        self.told.append("close")
        return super().close()

    async def aclose(self) -> None:
        await super().aclose()
        self.told.append("aclose")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def make_tab(
    qt_loop: qasync.QEventLoop,
    calls: FakeCalls,
    me: Me,
    told: list[str],
    qtbot: QtBot,
    standing: Standing,
) -> Callable[[Session], WorkspaceTab]:
    cells = SessionCells(START.timestamp, me.id)

    async def end_shared() -> None:
        told.append("shared end")

    def make(session: Session) -> WorkspaceTab:
        calls.sessions[session.id] = session
        situation = Situation(session, standing)
        helping = situation.branch()
        items = [RecordingPane(helping, told), LastingPane(situation)]
        tab = WorkspaceTab(situation, cells, calls, Panes(items, helping, [end_shared]))
        qtbot.addWidget(tab)
        return tab

    return make


@pytest.fixture
def closed_here() -> set[str]:
    """Return the ids of the sessions that this person has closed, which a test may extend."""
    return set()


@pytest.fixture
def tabs(
    make_tab: Callable[[Session], WorkspaceTab],
    me: Me,
    settings: Settings,
    closed_here: set[str],
    qtbot: QtBot,
    standing: Standing,
) -> SessionTabs:
    widget, stack = QTabWidget(), QStackedWidget()
    qtbot.addWidget(stack)
    stack.addWidget(widget)
    stack.addWidget(QWidget())
    return SessionTabs(
        widget, stack, make_tab, standing, settings, closed_here.__contains__, widget
    )


def active(number: int = 1, **values: Any) -> Session:
    return make_session(number, SessionStatus.ACTIVE, **{"technician": ALICE, **values})


def widget_of(tabs: SessionTabs) -> QTabWidget:
    widget = tabs.parent()
    assert isinstance(widget, QTabWidget)
    return widget


@pytest.mark.parametrize(
    ("label", "left"),
    [("Give up", {Power.FILES: Consent.NONE}), ("Cancel", {Power.FILES: Consent.GRANTED})],
)
def test_a_power_with_something_under_way_is_given_up_only_once_confirmed(
    tabs: SessionTabs, calls: FakeCalls, qtbot: QtBot, label: str, left: dict[Power, Consent]
) -> None:
    tabs.apply([active(consents={Power.FILES: Consent.GRANTED})], [])
    tab = tabs.tab("s1")
    assert tab is not None
    pane = tab.panes[0]
    assert isinstance(pane, RecordingPane)
    pane.stake = "Much would be lost."
    assert tabs.at_stake == "Customer 1 – Much would be lost."
    tab.ui.consentBar.dropped.emit(Power.FILES)
    qtbot.waitUntil(lambda: tab.findChild(QMessageBox) is not None, timeout=WAIT_MS)
    box = tab.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.text() == "Customer 1\nMuch would be lost."
    [button] = [button for button in box.buttons() if button.text() == label]
    button.click()
    qtbot.waitUntil(lambda: not tab.jobs.running, timeout=WAIT_MS)
    assert calls.sessions["s1"].consents == left


def test_an_active_session_of_mine_gets_a_tab_named_after_it(tabs: SessionTabs) -> None:
    tabs.apply([active(1), active(2, name=""), active(3, technician=BRUNO)], [])
    widget = widget_of(tabs)
    assert [widget.tabText(place) for place in range(widget.count())] == [
        "Customer 1  0:00",
        "Customer  0:00",
    ]


def shown_elsewhere(tabs: SessionTabs, **values: Any) -> WorkspaceTab:
    """Return the tab of a session that is helped from another console of this technician."""
    tabs.apply([active(seat=Seat(console="other", computer="DESK-7"), **values)], [])
    tab = tabs.tab("s1")
    assert tab is not None
    return tab


def test_a_session_helped_from_another_console_says_where_and_offers_to_go_on_here(
    tabs: SessionTabs, calls: FakeCalls, qtbot: QtBot
) -> None:
    calls.fail(
        "take_seat", Refused(Problem(type="x:helped-elsewhere", title="", status=409, detail=""))
    )
    tab = shown_elsewhere(tabs)
    banner = tab.ui.elsewhereBanner
    assert "at the computer DESK-7" in banner.text
    qtbot.waitUntil(lambda: not tab.jobs.running, timeout=WAIT_MS)
    # Asked only whether the other console is still there, and nobody has decided anything.
    assert [request.take_over for request in calls.seat_requests] == [False]
    assert tab.ui.message.text() == ""
    assert tab.ui.consentBar.isHidden()
    assert not tab.ui.sections.isTabEnabled(0)
    assert "DESK-7" in tab.ui.sections.tabToolTip(0)
    assert tab.ui.sections.isTabEnabled(1)
    tab.changed.connect(lambda session: tabs.apply([session], []))
    banner.ui.button.setFocus()
    QTest.keyClick(banner.ui.button, Qt.Key.Key_Space)
    qtbot.waitUntil(banner.isHidden, timeout=WAIT_MS)
    assert [request.take_over for request in calls.seat_requests] == [False, True]
    assert tab.ui.sections.isTabEnabled(0)
    assert not tab.ui.consentBar.isHidden()


def test_a_console_that_nobody_else_has_replaced_goes_on_by_itself(
    tabs: SessionTabs, calls: FakeCalls, qtbot: QtBot
) -> None:
    tab = shown_elsewhere(tabs)
    tab.changed.connect(lambda session: tabs.apply([session], []))
    qtbot.waitUntil(tab.ui.elsewhereBanner.isHidden, timeout=WAIT_MS)
    assert [request.take_over for request in calls.seat_requests] == [False]


def test_why_the_session_could_not_be_taken_over_is_said(
    tabs: SessionTabs, calls: FakeCalls, qtbot: QtBot
) -> None:
    elsewhere = Problem(type="x:helped-elsewhere", title="", status=409, detail="")
    conflict = Problem(type="x:status-conflict", title="", status=409, detail="")
    calls.fail("take_seat", Refused(elsewhere), Refused(conflict))
    tab = shown_elsewhere(tabs)
    qtbot.waitUntil(lambda: not tab.jobs.running, timeout=WAIT_MS)
    tab.ui.elsewhereBanner.ui.button.click()
    qtbot.waitUntil(lambda: bool(tab.ui.message.text()), timeout=WAIT_MS)
    assert not tab.ui.elsewhereBanner.isHidden()


@pytest.mark.usefixtures("french")
def test_where_a_session_is_helped_is_said_in_french(tabs: SessionTabs, calls: FakeCalls) -> None:
    tab = shown_elsewhere(tabs)
    assert "sur l’ordinateur DESK-7" in tab.ui.elsewhereBanner.text
    assert tab.ui.elsewhereBanner.ui.button.text() == "&Continuer ici"


@pytest.mark.parametrize(
    ("seat", "status"),
    [
        (None, SessionStatus.ACTIVE),
        (Seat(console="mine", computer="DESK-7"), SessionStatus.ACTIVE),
        (Seat(console="other", computer="DESK-7"), SessionStatus.CLOSED_BY_CUSTOMER),
    ],
)
def test_nothing_is_said_of_another_console_where_there_is_none(
    tabs: SessionTabs, me: Me, seat: Seat | None, status: SessionStatus
) -> None:
    me.console = "mine"
    tabs.apply([active()], [])
    tabs.apply([make_session(1, status, technician=ALICE, seat=seat)], [])
    tab = tabs.tab("s1")
    assert tab is not None
    assert tab.ui.elsewhereBanner.isHidden()


@pytest.mark.parametrize(
    "status", [SessionStatus.RECONNECTING, SessionStatus.REBOOTING, SessionStatus.OFFLINE]
)
def test_the_tab_stays_while_the_customer_may_come_back(
    tabs: SessionTabs, status: SessionStatus
) -> None:
    tabs.apply([active()], [])
    tabs.apply([make_session(1, status, technician=ALICE)], [])
    assert len(tabs) == 1


def test_a_session_on_hold_loses_its_tab_and_its_parts_are_closed_in_order(
    tabs: SessionTabs, told: list[str], qtbot: QtBot
) -> None:
    tabs.apply([active()], [])
    tabs.apply([make_session(1, SessionStatus.ON_HOLD, technician=ALICE)], [])
    assert len(tabs) == 0
    qtbot.waitUntil(lambda: "shared end" in told, timeout=WAIT_MS)
    assert told[-3:] == ["close", "aclose", "shared end"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (SessionStatus.CLOSED_BY_CUSTOMER, "Closed by the customer"),
        (SessionStatus.TIMED_OUT, "Timed out"),
        (SessionStatus.ABORTED, "Aborted"),
        # Here, by an administrator.
        (SessionStatus.CLOSED_BY_TECHNICIAN, "Closed by the technician"),
    ],
)
def test_a_session_ended_by_others_keeps_its_tab_which_says_so(
    tabs: SessionTabs, status: SessionStatus, words: str
) -> None:
    tabs.apply([active(1), active(2)], [])
    tabs.apply([make_session(1, status, technician=ALICE)], [])
    tab = tabs.tab("s1")
    assert tab is not None
    assert tab.ui.overBanner.text.startswith(f"{words}. ")
    assert tab.title == f"Customer 1  {words}"
    assert tab.ui.closeButton.isHidden()
    assert tab.ui.consentBar.isHidden()
    assert tabs.has_ended("s1")
    assert (tabs.active, tabs.open_sessions, len(tabs)) == (1, 1, 2)


def test_at_the_end_only_the_sections_that_last_stay(
    tabs: SessionTabs, told: list[str], qtbot: QtBot, standing: Standing
) -> None:
    tabs.apply([active()], [])
    tabs.apply([make_session(1, SessionStatus.CLOSED_BY_CUSTOMER, technician=ALICE)], [])
    tab = tabs.tab("s1")
    assert tab is not None
    qtbot.waitUntil(lambda: "shared end" in told, timeout=WAIT_MS)
    assert told[-3:] == ["close", "aclose", "shared end"]
    sections = tab.ui.sections
    assert [sections.isTabEnabled(place) for place in range(2)] == [False, True]
    assert sections.tabToolTip(0) == "This session is over."
    assert sections.currentIndex() == 1
    lasting = tab.panes[1]
    assert isinstance(lasting, LastingPane)
    assert not lasting.closed
    standing.online = False
    tab.on_signal(Signal(kind=SignalKind.TYPING))
    tab.ui.overBanner.ui.button.click()
    qtbot.waitUntil(lambda: not tabs.jobs.running, timeout=WAIT_MS)
    assert lasting.closed
    assert len(tabs) == 0
    assert told[-3:] == ["close", "aclose", "shared end"]


def test_a_session_closed_by_the_technician_here_loses_its_tab(
    tabs: SessionTabs, closed_here: set[str]
) -> None:
    tabs.apply([active()], [])
    closed_here.add("s1")
    tabs.apply([make_session(1, SessionStatus.CLOSED_BY_TECHNICIAN, technician=ALICE)], [])
    assert len(tabs) == 0


def test_a_session_that_is_already_over_gets_no_tab(tabs: SessionTabs) -> None:
    tabs.apply([make_session(1, SessionStatus.CLOSED_BY_CUSTOMER, technician=ALICE)], [])
    assert len(tabs) == 0


def test_closing_the_window_of_a_session_that_is_over_closes_its_tab(tabs: SessionTabs) -> None:
    tabs.apply([active()], [])
    tabs.detach("s1")
    tab = tabs.tab("s1")
    assert tab is not None
    tabs.apply([make_session(1, SessionStatus.TIMED_OUT, technician=ALICE)], [])
    assert tab.window().windowTitle() == "Customer 1  Timed out"
    tab.window().close()
    assert len(tabs) == 0
    assert widget_of(tabs).count() == 0


def test_when_a_tab_goes_its_focus_does_not_pass_to_another_customer(
    tabs: SessionTabs, qtbot: QtBot
) -> None:
    window = widget_of(tabs).window()
    tabs.apply([active(1), active(2)], [])
    with qtbot.waitActive(window, timeout=WAIT_MS):
        window.show()
        window.activateWindow()
    for session_id in ("s2", "s1"):
        tabs.show(session_id)
        tab = tabs.tab(session_id)
        assert tab is not None
        tab.ui.sections.setCurrentWidget(tab.panes[1])
        lasting = tab.panes[1]
        assert isinstance(lasting, LastingPane)
        lasting.field.setFocus()
        assert window.focusWidget() is lasting.field
    tabs.apply([make_session(1, SessionStatus.ON_HOLD, technician=ALICE)], [])
    assert tabs.current is not None
    assert tabs.current.id == "s2"
    assert window.focusWidget() is widget_of(tabs).tabBar()


@pytest.mark.usefixtures("french")
def test_the_end_is_shown_in_french_too(tabs: SessionTabs) -> None:
    tabs.apply([active()], [])
    tabs.apply([make_session(1, SessionStatus.CLOSED_BY_CUSTOMER, technician=ALICE)], [])
    tab = tabs.tab("s1")
    assert tab is not None
    assert tab.ui.overBanner.text.startswith("Fermé par le client. ")


def test_only_active_sessions_count_against_the_groups_limit(tabs: SessionTabs) -> None:
    tabs.apply(
        [active(1), active(2), make_session(3, SessionStatus.RECONNECTING, technician=ALICE)], []
    )
    assert tabs.active == 2


def test_a_signal_reaches_the_sections_of_its_own_session(
    tabs: SessionTabs, told: list[str]
) -> None:
    tabs.apply([active()], [])
    tabs.on_signal("s2", Signal(kind=SignalKind.TYPING))
    assert "signal typing" not in told
    tabs.on_signal("s1", Signal(kind=SignalKind.TYPING))
    assert told[-1] == "signal typing"


def test_sections_learn_of_the_connection_only_when_it_changes(
    tabs: SessionTabs, told: list[str], standing: Standing
) -> None:
    tabs.apply([active()], [])
    for online in (False, False, True, True):
        standing.online = online
    assert [entry for entry in told if entry.startswith("online")] == [
        "online False",
        "online True",
    ]


def test_a_session_goes_into_its_own_window_and_back(
    tabs: SessionTabs, settings: Settings, qtbot: QtBot
) -> None:
    tabs.apply([active()], [])
    tab = tabs.tab("s1")
    assert tab is not None
    tab.ui.detachButton.click()
    window = tab.window()
    assert window.windowTitle() == "Customer 1  0:00"
    assert widget_of(tabs).count() == 0
    tabs.apply([active(name="Renamed")], [])
    assert window.windowTitle() == "Renamed  0:00"
    window.resize(700, 500)
    window.close()
    assert widget_of(tabs).count() == 1
    assert settings.workspace_geometry


def test_the_keyboard_goes_from_tab_to_tab_and_wraps_around(tabs: SessionTabs) -> None:
    tabs.turn(1)
    tabs.apply([active(1), active(2), active(3)], [])
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    for by in (1, 1, -1, -1):
        tabs.turn(by)
    assert chosen == ["s1", "s2", "s1", "s3"]


def test_what_is_new_shows_in_the_section_and_on_the_tab(tabs: SessionTabs) -> None:
    tabs.apply([active()], [])
    tab = tabs.tab("s1")
    assert tab is not None
    pane = tab.panes[0]
    assert isinstance(pane, RecordingPane)
    pane.new = 2
    pane.badge_changed.emit()
    assert tab.ui.sections.tabText(0) == "Section (2)"
    assert widget_of(tabs).tabText(0) == "Customer 1  0:00  (2)"


def test_a_section_without_permission_is_disabled_and_says_why(
    tabs: SessionTabs, me: Me, standing: Standing
) -> None:
    tabs.apply([active()], [])
    standing.me = msgspec.structs.replace(me, permissions=[])
    tab = tabs.tab("s1")
    assert tab is not None
    assert not tab.ui.sections.isTabEnabled(0)
    assert tab.ui.sections.tabToolTip(0) == "Your group lacks the permission “Chat”."


def test_a_chip_asks_shows_the_answer_and_gives_the_power_up(
    make_tab: Callable[[Session], WorkspaceTab], qtbot: QtBot
) -> None:
    tab = make_tab(active())
    tab.changed.connect(tab.update_session)
    chip = tab.ui.consentBar.chips[Power.VIEW]
    assert (chip.ui.stateLabel.text(), chip.ui.askButton.text()) == ("not asked", "Ask")
    chip.ui.askButton.click()
    qtbot.waitUntil(lambda: chip.consent is Consent.ASKED, timeout=WAIT_MS)
    tab.update_session(active(consents={Power.VIEW: Consent.GRANTED}))
    assert (chip.ui.stateLabel.text(), chip.ui.askButton.text()) == ("granted", "Give up")
    chip.ui.askButton.click()
    qtbot.waitUntil(lambda: chip.consent is Consent.NONE, timeout=WAIT_MS)


def test_a_power_that_needs_the_applet_says_so_if_there_is_none(
    make_tab: Callable[[Session], WorkspaceTab],
) -> None:
    tab = make_tab(active())
    button = tab.ui.consentBar.chips[Power.CONTROL].ui.askButton
    assert not button.isEnabled()
    assert "applet" in button.toolTip()
    tab.update_session(active(applet=True))
    assert button.isEnabled()


def test_what_the_customers_device_cannot_do_is_not_offered_and_says_why(
    make_tab: Callable[[Session], WorkspaceTab],
) -> None:
    tab = make_tab(active(applet=True))
    pane = tab.panes[0]
    assert isinstance(pane, RecordingPane)
    pane.hindered = {Power.CONTROL: "<b>No</b> control"}
    pane.hindrances_changed.emit()
    chips = tab.ui.consentBar.chips
    assert not chips[Power.CONTROL].ui.askButton.isEnabled()
    assert "&lt;b&gt;No" in chips[Power.CONTROL].toolTip()
    assert chips[Power.CLIPBOARD].ui.askButton.isEnabled()


def test_what_is_granted_can_be_given_up_even_offline(
    make_tab: Callable[[Session], WorkspaceTab], standing: Standing
) -> None:
    tab = make_tab(active(consents={Power.VIEW: Consent.GRANTED}))
    standing.online = False
    assert tab.ui.consentBar.chips[Power.VIEW].ui.askButton.isEnabled()


def test_a_refusal_is_shown_in_the_tab(
    make_tab: Callable[[Session], WorkspaceTab], calls: FakeCalls, qtbot: QtBot
) -> None:
    problem = Problem(type="urn:x:invalid", title="", status=409, detail="Not now.")
    calls.fail("ask_power", Refused(problem))
    tab = make_tab(active())
    tab.ui.consentBar.chips[Power.VIEW].ui.askButton.click()
    qtbot.waitUntil(lambda: tab.ui.message.text() == "Not now.", timeout=WAIT_MS)


def test_the_chips_wrap_when_the_tab_is_narrow(
    make_tab: Callable[[Session], WorkspaceTab],
) -> None:
    bar = make_tab(active()).ui.consentBar
    assert bar.heightForWidth(300) > bar.heightForWidth(3_000)


def test_a_second_window_is_not_put_exactly_over_the_first(tabs: SessionTabs) -> None:
    tabs.apply([active(1), active(2)], [])
    windows = []
    for session_id in ("s1", "s2"):
        tabs.detach(session_id)
        tab = tabs.tab(session_id)
        assert tab is not None
        windows.append(tab.window())
    assert windows[0].pos() != windows[1].pos()
    for window in windows:
        window.close()
