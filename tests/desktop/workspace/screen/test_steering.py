"""Input is sent only while control is granted and possible, and to the screen that is shown."""

import pytest
from PySide6.QtCore import QObject, QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.media.base import Picture
from rescue_console.desktop.words.control import hindrance_text
from rescue_console.desktop.workspace.screen.shown_screen import screens_fitting
from rescue_console.desktop.workspace.screen.steering import Steering
from rescue_console.desktop.workspace.screen.ui_screen import Ui_ScreenPane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import Me
from rescue_console.protocol.channel import (
    AllReleased,
    ButtonChanged,
    ControlPaused,
    Greeting,
    Message,
    PointerMoved,
    Screen,
    ScreensChanged,
    SecureAttention,
)
from rescue_console.protocol.hindrances import AttentionHindrance, ControlHindrance
from rescue_console.protocol.powers import Consent, Power
from tests.stage.technicians.open_channel import OpenChannel
from tests.stage.technicians.screens import FULL_HD, SQUARE, TWIN, WIDE
from tests.stage.technicians.sessions import make_session

CHOOSE = "Choose which screen you see: mouse and keyboard go nowhere until then."


class Wheel(QObject):
    """The section's widgets with control granted, and what was sent."""

    def __init__(self, qtbot: QtBot, me: Me) -> None:
        super().__init__()
        self.widget = QWidget()
        qtbot.addWidget(self.widget)
        self.ui = Ui_ScreenPane()
        self.ui.setupUi(self.widget)
        self.ui.stack.setCurrentWidget(self.ui.picturePage)
        self.ui.area.resize(400, 300)
        self.channel = OpenChannel()
        self.situation = Situation(make_session(1, applet=True), Standing(me, online=True))
        self.steering = Steering(self.ui, self.situation, self.channel, self)  # type: ignore[arg-type]
        self.channel.open()

    def grant(self, consent: Consent = Consent.GRANTED) -> None:
        self.situation.update(make_session(1, consents={Power.CONTROL: consent}, applet=True))

    def greet(
        self,
        *screens: Screen,
        why_not: ControlHindrance | None = None,
        no_attention: AttentionHindrance | None = None,
    ) -> None:
        self.hear(Greeting.of("Linux", "6", list(screens), why_not, no_attention))

    def hear(self, message: Message) -> None:
        self.channel.received.emit(message)

    def choose(self, number: int) -> None:
        """Choose a screen as a click in the box's list does."""
        self.ui.screenBox.setCurrentIndex(number)
        self.ui.screenBox.activated.emit(number)

    def see(self, width: int, height: int) -> None:
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        self.ui.area.show_picture(Picture(image, QSize(width, height)))

    def click(self) -> list[Message]:
        """Click on the picture; return what that sent."""
        self.channel.sent.clear()
        QTest.mousePress(self.ui.area, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        return self.channel.sent

    def screen(self) -> int:
        """Return the number of the screen that a click goes to."""
        [moved, pressed] = self.click()
        assert isinstance(moved, PointerMoved)
        assert isinstance(pressed, ButtonChanged)
        return moved.screen


@pytest.fixture
def wheel(qtbot: QtBot, me: Me) -> Wheel:
    return Wheel(qtbot, me)


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.ASKED, Consent.DENIED])
def test_until_control_is_granted_the_technician_can_only_look(
    wheel: Wheel, consent: Consent
) -> None:
    wheel.grant(consent)
    wheel.greet(FULL_HD)
    wheel.see(1920, 1080)
    assert wheel.click() == []
    assert wheel.ui.attentionButton.isHidden()


def test_what_is_held_is_released_when_control_is_withdrawn(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD)
    wheel.see(1920, 1080)
    wheel.click()
    wheel.grant(Consent.DENIED)
    assert wheel.channel.sent[-1] == AllReleased()
    assert wheel.click() == []


def test_after_a_loss_nothing_is_sent_until_the_applet_is_back(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD)
    wheel.see(1920, 1080)
    wheel.channel.lose()
    wheel.channel.open()
    assert wheel.click() == []
    wheel.greet(FULL_HD)
    assert wheel.screen() == 0


@pytest.mark.parametrize(
    ("width", "height", "number"), [(1280, 1024, 1), (3440, 1440, 2), (960, 540, 0), (1720, 720, 2)]
)
def test_input_goes_to_the_screen_that_the_picture_shows(
    wheel: Wheel, width: int, height: int, number: int
) -> None:
    wheel.grant()
    wheel.greet(FULL_HD, SQUARE, WIDE)
    wheel.see(width, height)
    assert wheel.screen() == number
    assert wheel.ui.screenBox.currentIndex() == number


def test_the_technicians_choice_stands_while_there_are_as_many_screens(wheel: Wheel) -> None:
    wheel.grant()
    wheel.see(1920, 1080)
    wheel.greet(FULL_HD, SQUARE)
    wheel.choose(1)
    wheel.hear(ScreensChanged(screens=[FULL_HD, WIDE]))
    assert wheel.screen() == 1
    wheel.hear(ScreensChanged(screens=[FULL_HD]))
    assert wheel.screen() == 0
    assert wheel.ui.screenBox.isHidden()


def test_among_equal_screens_none_gets_input_until_one_is_chosen(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD, TWIN)
    wheel.see(1920, 1080)
    assert wheel.click() == []
    assert not wheel.ui.attentionButton.isEnabled()
    assert wheel.ui.screenBox.currentIndex() == -1
    assert wheel.ui.screenBox.placeholderText() == "Choose which screen you see"
    assert wheel.ui.controlLabel.text() == CHOOSE
    wheel.choose(1)
    assert wheel.screen() == 1
    assert wheel.ui.controlLabel.text() == ""
    assert wheel.ui.attentionButton.isEnabled()


def test_the_choice_among_equal_screens_outlives_losses_and_smaller_pictures(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD, TWIN)
    wheel.see(1920, 1080)
    wheel.choose(1)
    wheel.channel.lose()
    wheel.grant(Consent.NONE)
    wheel.channel.open()
    wheel.grant()
    wheel.greet(FULL_HD, TWIN)
    wheel.see(960, 540)
    assert wheel.screen() == 1


def test_a_choice_that_no_longer_fits_must_be_made_again(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD, TWIN, SQUARE)
    wheel.see(1920, 1080)
    wheel.choose(1)
    wheel.see(1280, 1024)
    assert wheel.screen() == 2
    wheel.see(1920, 1080)
    assert wheel.click() == []
    wheel.choose(0)
    wheel.hear(ScreensChanged(screens=[SQUARE, FULL_HD, TWIN]))
    assert wheel.click() == []
    assert wheel.ui.screenBox.currentIndex() == -1


def test_what_is_held_is_released_when_the_screen_is_no_longer_known(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD, SQUARE)
    wheel.see(1920, 1080)
    wheel.click()
    wheel.hear(ScreensChanged(screens=[FULL_HD, TWIN]))
    assert wheel.channel.sent[-1] == AllReleased()


@pytest.mark.parametrize(
    ("screens", "names"),
    [
        ([FULL_HD], ["1: 1920 × 1080"]),
        ([TWIN, FULL_HD], ["1: 1920 × 1080, right, main", "2: 1920 × 1080, left"]),
        (
            [FULL_HD, SQUARE, WIDE],
            ["1: 1920 × 1080, left, main", "2: 1280 × 1024, middle", "3: 3440 × 1440, right"],
        ),
        (
            [FULL_HD, Screen(name="E", left=300, top=-1080, width=1920, height=1080)],
            ["1: 1920 × 1080, bottom, main", "2: 1920 × 1080, top"],
        ),
        (
            [FULL_HD, Screen(name="\u202eE\n", left=0, top=0, width=800, height=600)],
            ["1: 1920 × 1080, A, main", "2: 800 × 600, E"],
        ),
    ],
)
def test_the_box_tells_the_screens_apart(
    wheel: Wheel, screens: list[Screen], names: list[str]
) -> None:
    wheel.greet(*screens)
    box = wheel.ui.screenBox
    assert [box.itemText(number) for number in range(box.count())] == names


@pytest.mark.usefixtures("french")
def test_the_box_tells_them_apart_in_french(wheel: Wheel) -> None:
    wheel.greet(TWIN, FULL_HD)
    box = wheel.ui.screenBox
    assert box.itemText(0) == "1: 1920 × 1080, à droite, principal"
    assert box.placeholderText() == "Choisissez l’écran que vous voyez"


@pytest.mark.parametrize(
    ("screens", "fitting"), [([], []), ([FULL_HD, FULL_HD], [0, 1]), ([SQUARE, WIDE], [])]
)
def test_a_picture_may_fit_no_screen_or_several(screens: list[Screen], fitting: list[int]) -> None:
    assert screens_fitting(screens, 1920, 1080) == fitting
    assert screens_fitting(screens, 0, 0) == []


def test_keys_are_sent_by_place_if_the_technician_wants_that(wheel: Wheel) -> None:
    assert wheel.ui.placesButton.isHidden()
    wheel.grant()
    wheel.greet(FULL_HD)
    assert not wheel.ui.placesButton.isHidden()
    wheel.ui.placesButton.click()
    assert wheel.steering.input.keyboard.by_place
    assert wheel.channel.sent[-1] == AllReleased()


def test_the_section_says_when_the_customer_is_using_mouse_or_keyboard(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD)
    wheel.hear(ControlPaused(paused=True))
    assert wheel.ui.controlLabel.text() == "The customer is using mouse or keyboard."
    assert not wheel.ui.attentionButton.isEnabled()
    wheel.hear(ControlPaused(paused=False))
    assert wheel.ui.controlLabel.text() == ""
    wheel.channel.sent.clear()
    wheel.ui.attentionButton.click()
    assert wheel.channel.sent == [SecureAttention()]


def test_where_ctrl_alt_del_cannot_be_pressed_its_button_says_why(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD, no_attention=AttentionHindrance.WINDOWS)
    assert not wheel.ui.attentionButton.isEnabled()
    assert wheel.ui.attentionButton.toolTip() == hindrance_text(AttentionHindrance.WINDOWS)
    wheel.hear(ControlPaused(paused=True))
    wheel.hear(ControlPaused(paused=False))
    assert not wheel.ui.attentionButton.isEnabled()
    wheel.greet(FULL_HD)
    assert wheel.ui.attentionButton.isEnabled()
    assert wheel.ui.attentionButton.toolTip() == ""


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.DENIED, Consent.GRANTED])
def test_the_reason_why_control_is_impossible_is_shown_once_known(
    wheel: Wheel, consent: Consent
) -> None:
    wheel.grant(consent)
    wheel.greet(why_not=ControlHindrance.WAYLAND)
    assert wheel.ui.controlLabel.text() == f"No control: {hindrance_text(ControlHindrance.WAYLAND)}"
    wheel.see(1920, 1080)
    assert wheel.click() == []
    wheel.channel.lose()
    assert wheel.steering.hindrance == hindrance_text(ControlHindrance.WAYLAND)


def test_another_applet_may_be_able_to_do_what_the_last_could_not(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(why_not=ControlHindrance.NOT_TRUSTED)
    wheel.situation.update(make_session(1, applet=False))
    assert wheel.steering.hindrance == ""
    assert wheel.ui.controlLabel.text() == ""


@pytest.mark.parametrize("hindrance", [*ControlHindrance, *AttentionHindrance])
def test_every_known_reason_has_an_english_and_a_french_text(
    hindrance: str, request: pytest.FixtureRequest
) -> None:
    english = hindrance_text(hindrance)
    request.getfixturevalue("french")
    assert len({str(hindrance), english, hindrance_text(hindrance)}) == 3


@pytest.mark.usefixtures("french")
def test_an_unknown_reason_stays_as_it_is_on_one_line() -> None:
    assert hindrance_text("Because\nof \u202ethis") == "Because of this"


def test_a_picture_of_a_single_window_brings_a_warning(wheel: Wheel) -> None:
    wheel.grant()
    wheel.greet(FULL_HD, SQUARE)
    wheel.see(1920, 1080)
    assert wheel.ui.controlLabel.text() == ""
    wheel.see(700, 650)
    assert "Only a window is shown" in wheel.ui.controlLabel.text()
    wheel.see(640, 512)
    assert wheel.ui.controlLabel.text() == ""


def test_a_single_window_brings_no_warning_without_control(wheel: Wheel) -> None:
    wheel.greet(FULL_HD)
    wheel.see(700, 650)
    assert wheel.ui.controlLabel.text() == ""
