"""Keys are sent as the text that they make on the technician's keyboard, or by their place."""

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from rescue_console.desktop.workspace.screen.keyboard_input import TEXT_MAX, KeyboardInput
from rescue_console.protocol.channel import AllReleased, KeyChanged, Message, TextTyped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="scan codes of Linux")

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SHIFT, ALT_GR, CONTROL, A, Z_OF_AZERTY, RIGHT, SEVEN = 50, 108, 37, 38, 25, 114, 79
"""Scan codes on X11; a French keyboard has its Z where an American one has its W."""


class Typist:
    """Presses keys and records what was sent."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.keyboard = KeyboardInput(self.sent.append)

    def press(
        self,
        place: int,
        key: Qt.Key,
        text: str = "",
        modifiers: Qt.KeyboardModifier = Modifier.NoModifier,
        *,
        again: bool = False,
    ) -> None:
        kind = QEvent.Type.KeyPress
        self.keyboard.send_key(QKeyEvent(kind, key, modifiers, place, 0, 0, text, again))

    def release(self, place: int, key: Qt.Key, *, again: bool = False) -> None:
        kind = QEvent.Type.KeyRelease
        self.keyboard.send_key(QKeyEvent(kind, key, Modifier.NoModifier, place, 0, 0, "", again))


@pytest.fixture
def typist() -> Typist:
    return Typist()


def down(code: str, makes: str = "") -> KeyChanged:
    return KeyChanged(code=code, down=True, makes=makes)


def up(code: str, makes: str = "") -> KeyChanged:
    return KeyChanged(code=code, down=False, makes=makes)


def test_a_character_is_sent_as_text_and_so_are_its_repetitions(typist: Typist) -> None:
    typist.press(A, Key.Key_Q, "q")
    typist.release(A, Key.Key_Q, again=True)
    typist.press(A, Key.Key_Q, "q", again=True)
    typist.release(A, Key.Key_Q)
    assert typist.sent == [TextTyped(text="q"), TextTyped(text="q")]


@pytest.mark.parametrize(
    ("place", "key", "modifier", "text"),
    [
        (SHIFT, Key.Key_Shift, Modifier.ShiftModifier, "1"),
        (ALT_GR, Key.Key_AltGr, Modifier.GroupSwitchModifier, "€"),
    ],
)
def test_keys_that_only_choose_a_character_are_not_sent(
    typist: Typist, place: int, key: Qt.Key, modifier: Qt.KeyboardModifier, text: str
) -> None:
    typist.press(place, key, modifiers=modifier)
    typist.press(10, Key.Key_1, text, modifier)
    typist.release(10, Key.Key_1)
    typist.release(place, key)
    assert typist.sent == [TextTyped(text=text)]


def test_shift_is_sent_with_a_key_that_makes_no_character(typist: Typist) -> None:
    typist.press(SHIFT, Key.Key_Shift, modifiers=Modifier.ShiftModifier)
    typist.press(RIGHT, Key.Key_Right, modifiers=Modifier.ShiftModifier)
    typist.release(RIGHT, Key.Key_Right)
    typist.press(A, Key.Key_A, "A", Modifier.ShiftModifier)
    typist.keyboard.press_kept()
    typist.release(SHIFT, Key.Key_Shift)
    assert typist.sent == [
        *(down("ShiftLeft"), down("ArrowRight"), up("ArrowRight")),
        *(up("ShiftLeft"), TextTyped(text="A")),
        *(down("ShiftLeft"), up("ShiftLeft")),
    ]


def test_a_shortcut_names_the_letter_meant(typist: Typist) -> None:
    typist.press(CONTROL, Key.Key_Control, modifiers=Modifier.ControlModifier)
    typist.press(Z_OF_AZERTY, Key.Key_Z, "\x1a", Modifier.ControlModifier)
    typist.release(Z_OF_AZERTY, Key.Key_Z)
    typist.release(CONTROL, Key.Key_Control)
    assert typist.sent == [
        down("ControlLeft"),
        *(down("KeyW", "z"), up("KeyW", "z")),
        up("ControlLeft"),
    ]


def test_alt_with_a_letter_is_a_shortcut_too(typist: Typist) -> None:
    typist.press(A, Key.Key_A, "a", Modifier.AltModifier)
    assert typist.sent == [down("KeyA", "a")]


def test_the_keypad_does_what_it_does_here(typist: Typist) -> None:
    keypad = Modifier.KeypadModifier
    typist.press(SEVEN, Key.Key_7, "7", keypad)
    typist.release(SEVEN, Key.Key_7)
    typist.press(SEVEN, Key.Key_Home, "", keypad)
    typist.release(SEVEN, Key.Key_Home)
    assert typist.sent == [TextTyped(text="7"), down("Home"), up("Home")]


def test_a_lock_works_here_and_not_a_second_time_there(typist: Typist) -> None:
    typist.press(66, Key.Key_CapsLock)
    typist.release(66, Key.Key_CapsLock)
    assert typist.sent == []


def test_the_release_of_a_composed_dead_key_sends_nothing(typist: Typist) -> None:
    typist.keyboard.send_text("ê")
    typist.release(34, Key.Key_Dead_Circumflex)
    assert typist.sent == [TextTyped(text="ê")]


def test_by_place_every_key_is_sent_as_a_key(typist: Typist) -> None:
    typist.keyboard.by_place = True
    typist.press(SHIFT, Key.Key_Shift)
    typist.press(Z_OF_AZERTY, Key.Key_Z, "Z", Modifier.ShiftModifier)
    typist.release(Z_OF_AZERTY, Key.Key_Z)
    typist.release(SHIFT, Key.Key_Shift)
    assert typist.sent == [down("ShiftLeft"), down("KeyW"), up("KeyW"), up("ShiftLeft")]


def test_after_a_release_nothing_is_down_or_held_back(typist: Typist) -> None:
    typist.press(SHIFT, Key.Key_Shift)
    typist.press(CONTROL, Key.Key_Control)
    typist.keyboard.release()
    typist.keyboard.press_kept()
    typist.release(CONTROL, Key.Key_Control)
    assert typist.sent[-1] == AllReleased()


def test_a_text_longer_than_the_other_side_accepts_is_cut(typist: Typist) -> None:
    typist.keyboard.send_text("x" * (TEXT_MAX + 1))
    assert typist.sent == [TextTyped(text="x" * TEXT_MAX)]
