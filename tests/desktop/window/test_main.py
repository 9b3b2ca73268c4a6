"""The main window's own keyboard shortcuts."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rescue_console.desktop.link.connection import LinkState
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.window.main import MainWindow

WAIT_MS = 20_000


def test_the_focus_moves_between_list_and_workspace(settings: Settings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    qtbot.addWidget(window)
    with qtbot.waitActive(window, timeout=WAIT_MS):
        window.show()
        window.activateWindow()
    ui = window.ui
    ui.otherPaneAction.trigger()
    assert ui.sessionList.ui.table.hasFocus()
    ui.otherPaneAction.trigger()
    assert ui.sessionList.ui.table.hasFocus()
    workspace = QLabel()
    ui.sessionTabs.addTab(workspace, "")
    ui.workspace.setCurrentIndex(0)
    ui.otherPaneAction.trigger()
    assert workspace.hasFocus()
    ui.otherPaneAction.trigger()
    assert ui.sessionList.ui.table.hasFocus()
    window.let_close()


def test_why_the_embedded_server_is_away_stands_above_the_lost_connection(
    settings: Settings, qtbot: QtBot
) -> None:
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.show_server_away("It is being started again.")
    window.show_link(LinkState.OFFLINE, "There is no connection.")
    assert window.ui.banner.text == "It is being started again."
    window.show_server_away("")
    assert window.ui.banner.text == "There is no connection."
    window.show_link(LinkState.ONLINE)
    assert window.ui.banner.isHidden()
    window.let_close()
