"""A widget that fills the monitor and comes back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.workspace.screen.full_screen import FullScreen

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
    full = FullScreen(picture, layout, home)
    full.toggle()
    window = picture.window()
    assert full.on
    assert window is not home
    assert window.isFullScreen()
    LEAVING[how](full, window)
    assert not full.on
    assert picture.window() is home
    qtbot.waitUntil(picture.isVisible, timeout=WAIT_MS)
    assert home.isVisible()
