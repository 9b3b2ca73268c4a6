"""The watch for Windows and macOS, fed with made-up events, since tests run on neither."""

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
    """A watch, and a record of what it has called."""

    def __init__(self, *, windows: bool) -> None:
        self.called: list[str] = []
        self.watch = HooksWatch(
            lambda: self.called.append("own"), lambda: self.called.append("stop"), windows=windows
        )

    def press(self, *keys: object, injected: bool = True) -> None:
        for key in keys:
            self.watch.pressed(key, injected)

    def release(self, *keys: object) -> None:
        for key in keys:
            self.watch.released(key, True)


@pytest.mark.parametrize("pause", [CANCEL, Key.pause])
@pytest.mark.parametrize("alt", [Key.alt_l, Key.alt_gr])
def test_pause_stops_everything_under_both_of_its_windows_names(alt: Key, pause: object) -> None:
    watched = Watched(windows=True)
    watched.press(Key.ctrl_l, alt)
    assert watched.called == []
    watched.press(pause)
    assert watched.called == ["stop"]


def test_pause_may_be_released_under_its_other_name() -> None:
    watched = Watched(windows=True)
    watched.press(Key.ctrl_l, CANCEL)
    watched.release(Key.ctrl_l, Key.pause)
    watched.press(Key.ctrl_l, Key.alt_l)
    assert watched.called == []


def test_on_a_mac_f15_stops_and_the_letter_with_cancels_number_does_not() -> None:
    watched = Watched(windows=False)
    watched.press(Key.ctrl_r, Key.alt_l, CANCEL)
    assert watched.called == []
    watched.press(Key.f15)
    assert watched.called == ["stop"]


def test_further_keys_do_not_stop_a_second_time() -> None:
    watched = Watched(windows=True)
    watched.press(Key.ctrl_l, Key.alt_l, Key.pause, Key.esc, None, KeyCode(vk=65))
    assert watched.called == ["stop"]


def test_only_input_that_was_not_injected_is_the_customers() -> None:
    watched = Watched(windows=True)
    watched.press(KeyCode(vk=65))
    assert watched.called == []
    watched.press(KeyCode(vk=65), injected=False)
    assert watched.called == ["own"]
