"""Trays of the older kind, on an X display."""

import pytest
from Xlib import X
from Xlib.display import Display

from rescue_console.desktop.window.embedded_tray import embedded_tray_is_there
from tests.stage.displays.virtual_display import virtual_display

pytestmark = pytest.mark.starts_programs


def test_a_tray_of_the_older_kind_is_noticed_while_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with virtual_display(200, 200) as environment:
        monkeypatch.setenv("DISPLAY", environment["DISPLAY"])
        assert not embedded_tray_is_there()
        tray = Display(environment["DISPLAY"])
        window = tray.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        window.set_selection_owner(tray.intern_atom("_NET_SYSTEM_TRAY_S0"), X.CurrentTime)
        tray.sync()
        assert embedded_tray_is_there()
        tray.close()


def test_without_a_display_to_look_at_qt_is_left_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":no-such-display")
    assert embedded_tray_is_there()
