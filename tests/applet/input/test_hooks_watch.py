"""The watch of Windows and macOS with invented events: neither system is at hand."""

from dataclasses import dataclass
from enum import Enum

import pytest

from rescue_console.applet.input.hooks_watch import HooksWatch


class Key(Enum):
    """Keys with a name, as pynput gives them."""

    ctrl_l = 162
    ctrl_r = 163
    alt_l = 164
    alt_gr = 165
    pause = 19
    f15 = 126
    esc = 27


@dataclass(frozen=True)
class KeyCode:
    """Any other key, as pynput gives it."""

    vk: int


CANCEL = KeyCode(vk=3)


class Watched:
    """A watch, and what it has told."""

    def __init__(self, *, windows: bool) -> None:
        self.told: list[str] = []
        self.watch = HooksWatch(
            lambda: self.told.append("own"), lambda: self.told.append("stop"), windows=windows
        )

    def press(self, *keys: object, injected: bool = True) -> None:
        for key in keys:
            self.watch.pressed(key, injected)

    def release(self, *keys: object) -> None:
        for key in keys:
            self.watch.released(key, True)


@pytest.mark.parametrize("pause", [CANCEL, Key.pause])
@pytest.mark.parametrize("alt", [Key.alt_l, Key.alt_gr])
def test_pause_stops_under_either_of_its_windows_names(alt: Key, pause: object) -> None:
    watched = Watched(windows=True)
    watched.press(Key.ctrl_l, alt)
    assert watched.told == []
    watched.press(pause)
    assert watched.told == ["stop"]


def test_a_pause_released_under_its_other_name_is_up() -> None:
    watched = Watched(windows=True)
    watched.press(Key.ctrl_l, CANCEL)
    watched.release(Key.ctrl_l, Key.pause)
    watched.press(Key.ctrl_l, Key.alt_l)
    assert watched.told == []


def test_on_a_mac_it_is_f15_and_not_the_letter_with_the_same_number() -> None:
    watched = Watched(windows=False)
    watched.press(Key.ctrl_r, Key.alt_l, CANCEL)
    assert watched.told == []
    watched.press(Key.f15)
    assert watched.told == ["stop"]


def test_other_keys_held_with_them_stop_nothing_again() -> None:
    watched = Watched(windows=True)
    watched.press(Key.ctrl_l, Key.alt_l, Key.pause, Key.esc, None, KeyCode(vk=65))
    assert watched.told == ["stop"]


def test_only_what_was_not_injected_is_the_customers() -> None:
    watched = Watched(windows=True)
    watched.press(KeyCode(vk=65))
    assert watched.told == []
    watched.press(KeyCode(vk=65), injected=False)
    assert watched.told == ["own"]
