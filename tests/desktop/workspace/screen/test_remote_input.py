"""What the technician does over the picture becomes messages to the applet, or nothing at all."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QImage, QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.media.base import Picture
from rescue_console.desktop.workspace.screen.key_codes import key_code
from rescue_console.desktop.workspace.screen.picture_area import PictureArea
from rescue_console.desktop.workspace.screen.remote_input import RemoteInput
from rescue_console.protocol.channel import (
    AllReleased,
    ButtonChanged,
    KeyChanged,
    Message,
    MouseButton,
    PointerMoved,
    TextTyped,
    WheelTurned,
)

A_ON_LINUX = 38
NONE = Qt.KeyboardModifier.NoModifier


class Driven:
    """A 400×300 area that shows an 800×600 screen, and what was sent from it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.sent: list[Message] = []
        self.area = PictureArea()
        qtbot.addWidget(self.area)
        self.area.resize(400, 300)
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        self.area.show_picture(Picture(image, QSize(800, 600)))
        self.input = RemoteInput(self.area, self.sent.append)
        self.input.set_on(True)

    def give(self, event: QEvent) -> None:
        QApplication.sendEvent(self.area, event)

    def key(self, kind: QEvent.Type, *, again: bool = False) -> None:
        self.give(QKeyEvent(kind, Qt.Key.Key_A, NONE, A_ON_LINUX, 0, 0, "a", again))

    def wheel(self, angle: QPoint) -> None:
        at = QPointF(10, 10)
        buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        self.give(QWheelEvent(at, at, QPoint(), angle, buttons, NONE, phase, False))


@pytest.fixture
def driven(qtbot: QtBot) -> Driven:
    return Driven(qtbot)


def test_a_click_arrives_at_the_very_place(driven: Driven) -> None:
    QTest.mousePress(driven.area, Qt.MouseButton.RightButton, pos=QPoint(399, 0))
    QTest.mouseRelease(driven.area, Qt.MouseButton.RightButton, pos=QPoint(399, 0))
    assert driven.sent == [
        PointerMoved(screen=0, x=1.0, y=0.0),
        ButtonChanged(button=MouseButton.RIGHT, down=True),
        PointerMoved(screen=0, x=1.0, y=0.0),
        ButtonChanged(button=MouseButton.RIGHT, down=False),
    ]


def test_a_press_beside_the_picture_counts_at_its_edge(driven: Driven) -> None:
    driven.area.resize(600, 300)
    QTest.mousePress(driven.area, Qt.MouseButton.LeftButton, pos=QPoint(20, 150))
    moved = driven.sent[0]
    assert isinstance(moved, PointerMoved)
    assert moved.x == 0.0


def test_parts_of_a_notch_add_up(driven: Driven) -> None:
    for _ in range(3):
        driven.wheel(QPoint(0, 40))
    driven.wheel(QPoint(-120, -240))
    assert driven.sent == [WheelTurned(x=0, y=1), WheelTurned(x=1, y=-2)]


@pytest.mark.skipif("sys.platform != 'linux'", reason="scan codes of Linux")
def test_by_place_a_key_is_sent_once_however_long_it_repeats(driven: Driven) -> None:
    driven.input.keyboard.by_place = True
    driven.key(QEvent.Type.KeyPress)
    driven.key(QEvent.Type.KeyRelease, again=True)
    driven.key(QEvent.Type.KeyPress, again=True)
    driven.key(QEvent.Type.KeyRelease)
    assert driven.sent == [
        KeyChanged(code="KeyA", down=True),
        KeyChanged(code="KeyA", down=False),
    ]


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(Qt.Key.Key_F11, NONE), (Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)],
)
def test_the_keys_that_leave_the_picture_are_not_sent(
    driven: Driven, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
    event.ignore()
    driven.give(event)
    assert not event.isAccepted()
    driven.give(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, 72, 0, 0))
    assert driven.sent == []


def test_all_other_shortcuts_are_the_customers(driven: Driven) -> None:
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier
    )
    event.ignore()
    driven.give(event)
    assert event.isAccepted()


def test_composed_text_is_sent_as_text(driven: Driven) -> None:
    event = QInputMethodEvent()
    event.setCommitString("ê")
    driven.give(event)
    assert driven.sent == [TextTyped(text="ê")]


def test_everything_is_released_when_the_focus_goes_elsewhere(driven: Driven) -> None:
    driven.give(QFocusEvent(QEvent.Type.FocusOut))
    assert driven.sent == [AllReleased()]


def test_once_switched_off_only_a_last_release_is_sent(driven: Driven) -> None:
    driven.input.set_on(False)
    QTest.mousePress(driven.area, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    driven.key(QEvent.Type.KeyPress)
    driven.wheel(QPoint(0, 120))
    assert driven.sent == [AllReleased()]


@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key", "code"),
    [
        ("linux", 38, 0, "KeyA"),
        ("linux", 108, 0, "AltRight"),
        ("win32", 0x1E, 0, "KeyA"),
        ("win32", 0x138, 0, "AltRight"),
        ("darwin", 1, 0, "KeyA"),
        ("darwin", 1, 61, "AltRight"),
        ("linux", 9_999, 0, None),
    ],
)
def test_keys_have_the_same_names_as_in_browsers(
    platform: str, scan_code: int, virtual_key: int, code: str | None
) -> None:
    assert key_code(scan_code, virtual_key, platform) == code


@pytest.mark.parametrize(
    ("pressed", "told"),
    [
        (Qt.MouseButton.LeftButton, MouseButton.LEFT),
        (Qt.MouseButton.MiddleButton, MouseButton.MIDDLE),
        (Qt.MouseButton.RightButton, MouseButton.RIGHT),
        (Qt.MouseButton.BackButton, MouseButton.BACK),
        (Qt.MouseButton.ForwardButton, MouseButton.FORWARD),
    ],
)
def test_every_button_drags(
    driven: Driven, pressed: Qt.MouseButton, told: MouseButton, qtbot: QtBot
) -> None:
    driven.area.show()
    QTest.mousePress(driven.area, pressed, pos=QPoint(0, 0))
    QTest.mouseMove(driven.area, QPoint(399, 299))
    qtbot.waitUntil(lambda: PointerMoved(screen=0, x=1.0, y=1.0) in driven.sent, timeout=20_000)
    QTest.mouseRelease(driven.area, pressed, pos=QPoint(399, 299))
    buttons = [message for message in driven.sent if isinstance(message, ButtonChanged)]
    assert buttons == [
        ButtonChanged(button=told, down=True),
        ButtonChanged(button=told, down=False),
    ]


def test_a_drag_that_leaves_the_picture_ends_at_its_edge(driven: Driven) -> None:
    driven.area.show()
    QTest.mousePress(driven.area, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseRelease(driven.area, Qt.MouseButton.LeftButton, pos=QPoint(-500, 5_000))
    assert driven.sent[-2:] == [
        PointerMoved(screen=0, x=0.0, y=1.0),
        ButtonChanged(button=MouseButton.LEFT, down=False),
    ]
