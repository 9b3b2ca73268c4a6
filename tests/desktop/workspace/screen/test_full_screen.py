"""The picture fills the monitor under a bar that says what is granted, and comes back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.media.base import Picture
from rescue_console.desktop.words.control import hindrance_text
from rescue_console.desktop.workspace.screen.full_screen import FullScreen
from rescue_console.desktop.workspace.screen.pane import ScreenPane
from rescue_console.desktop.workspace.section.identity import Identity
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Me, Session
from rescue_console.protocol.channel import ControlPaused, Greeting, KeyChanged, Screen
from rescue_console.protocol.hindrances import ControlHindrance
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.screens import FULL_HD, TWIN
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 20_000
LEAVING: dict[str, Callable[[FullScreen, QWidget], object]] = {
    "the button": lambda full, window: full.toggle(),
    "Escape": lambda full, window: QTest.keyClick(window, Qt.Key.Key_Escape),
    "the window system": lambda full, window: window.close(),
    "the end of the picture": lambda full, window: full.end(),
}


@pytest.mark.parametrize("how", LEAVING)
def test_it_fills_the_monitor_until_it_is_left(how: str, qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    layout = QGridLayout(home)
    picture = QLabel("picture")
    layout.addWidget(picture, 0, 0)
    home.show()
    bar = QLabel("bar")
    full = FullScreen(picture, layout, bar, home)
    full.toggle()
    window = picture.window()
    assert full.on
    assert window is not home
    assert window.isFullScreen()
    assert bar.window() is window
    assert bar.isVisible()
    LEAVING[how](full, window)
    assert not full.on
    assert picture.window() is home
    qtbot.waitUntil(picture.isVisible, timeout=WAIT_MS)
    assert home.isVisible()
    assert not bar.isVisible()


def shown(
    granted: list[Power], status: SessionStatus = SessionStatus.ACTIVE, **more: Consent
) -> Session:
    consents = dict.fromkeys(granted, Consent.GRANTED)
    consents |= {Power(name): consent for name, consent in more.items()}
    return make_session(1, status, technician=ALICE, applet=True, consents=consents)


class Section(QObject):
    """The section with a picture that fills the monitor."""

    def __init__(self, calls: FakeCalls, me: Me) -> None:
        super().__init__()
        self.channel = OpenChannel()
        self.standing = Standing(me, online=True)
        self.situation = Situation(shown([Power.VIEW]), self.standing)
        self.pane = ScreenPane(self.situation, calls, Identity(), self.channel)  # type: ignore[arg-type]
        self.pane.show()
        image = QImage(1920, 1080, QImage.Format.Format_RGB32)
        self.pane.ui.area.show_picture(Picture(image, QSize(1920, 1080)))
        self.channel.open()
        self.pane.ui.fullScreenButton.setEnabled(True)
        self.pane.ui.fullScreenButton.click()
        self.bar = self.pane.bar.ui

    def take(
        self, granted: list[Power], status: SessionStatus = SessionStatus.ACTIVE, **more: Consent
    ) -> None:
        self.situation.update(shown(granted, status, **more))

    def greet(self, *screens: Screen, why_not: ControlHindrance | None = None) -> None:
        self.channel.received.emit(Greeting.of("Linux", "6", list(screens), why_not))


@pytest.fixture
def section(
    calls: FakeCalls, me: Me, qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[Section]:
    section = Section(calls, me)
    assert section.pane.bar.window().isFullScreen()
    yield section
    section.pane.close()
    closing = qt_loop.create_task(section.pane.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)
    section.pane.deleteLater()


def test_what_is_granted_stays_in_sight(section: Section) -> None:
    assert section.bar.grantedLabel.isVisible()
    assert section.bar.grantedLabel.text() == "Granted: See the screen"
    section.take([Power.VIEW, Power.CONTROL])
    assert section.bar.grantedLabel.text() == "Granted: See the screen, Control"


def test_more_can_be_asked_for_without_leaving(section: Section, qtbot: QtBot) -> None:
    actions = section.pane.bar.actions_of
    assert section.bar.askButton.isVisible()
    assert not actions[Power.VIEW].isVisible()
    with qtbot.waitSignal(section.pane.power_wanted) as asked:
        actions[Power.CONTROL].trigger()
    assert asked.args == [Power.CONTROL]
    section.take([Power.VIEW], control=Consent.ASKED)
    assert not actions[Power.CONTROL].isEnabled()
    assert actions[Power.CONTROL].text() == "Control (asked…)"
    section.standing.online = False
    assert not actions[Power.FILES].isEnabled()
    assert "no connection" in actions[Power.FILES].toolTip()


def test_control_that_is_impossible_cannot_be_asked_for(section: Section) -> None:
    section.greet(why_not=ControlHindrance.WAYLAND)
    action = section.pane.bar.actions_of[Power.CONTROL]
    assert not action.isEnabled()
    assert action.toolTip() == hindrance_text(ControlHindrance.WAYLAND)
    assert hindrance_text(ControlHindrance.WAYLAND) in section.bar.stateLabel.text()


def test_the_bar_shows_what_happens_too(section: Section) -> None:
    section.take([Power.VIEW, Power.CONTROL])
    section.greet(FULL_HD)
    section.channel.received.emit(ControlPaused(paused=True))
    assert "The customer is using mouse or keyboard." in section.bar.stateLabel.text()
    section.take([Power.VIEW, Power.CONTROL], SessionStatus.RECONNECTING)
    assert "Reconnecting" in section.bar.stateLabel.text()
    section.pane.recording.path = Path("a.webm")
    section.pane.recording.changed.emit()
    assert "Recording" in section.bar.stateLabel.text()
    section.pane.recording.path = None


def test_the_screen_can_be_chosen_in_the_bar_too(section: Section) -> None:
    section.take([Power.VIEW, Power.CONTROL])
    assert not section.bar.screenBox.isVisible()
    section.greet(FULL_HD, TWIN)
    assert section.bar.screenBox.isVisible()
    assert section.bar.screenBox.currentIndex() == -1
    section.bar.screenBox.activated.emit(1)
    assert section.bar.screenBox.currentIndex() == 1
    assert section.pane.ui.screenBox.currentIndex() == 1


def test_escape_goes_to_the_customer_while_control_is_on(section: Section) -> None:
    section.take([Power.VIEW, Power.CONTROL])
    section.greet(FULL_HD)
    section.channel.sent.clear()
    escape = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, 9, 0xFF1B, 0
    )
    QApplication.sendEvent(section.pane.ui.area, escape)
    assert KeyChanged(code="Escape", down=True) in section.channel.sent
    assert section.pane.bar.window().isFullScreen()
    section.bar.leaveButton.click()
    assert section.pane.ui.scroll.window() is section.pane.window()


def test_without_control_escape_leaves(section: Section) -> None:
    QTest.keyClick(section.pane.ui.area, Qt.Key.Key_Escape)
    assert section.pane.ui.scroll.window() is section.pane.window()
