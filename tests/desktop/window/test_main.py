"""The main window's own keyboard shortcuts."""

import time
from functools import partial

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from rescue_console.desktop.entrance.away_text import away_text
from rescue_console.desktop.entrance.local_server import ServerState
from rescue_console.desktop.link.connection import LinkState
from rescue_console.desktop.program import translation
from rescue_console.desktop.program.settings import LanguageChoice, Settings
from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.words.error import offline_text
from rescue_console.desktop.words.plain_way import plain_way_text
from rescue_console.network.errors import Why

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
    window.show_server_away(lambda: "It is being started again.")
    window.show_link(LinkState.OFFLINE, lambda: "There is no connection.")
    assert window.ui.banner.text == "It is being started again."
    window.show_server_away(str)
    assert window.ui.banner.text == "There is no connection."
    window.show_link(LinkState.ONLINE)
    assert window.ui.banner.isHidden()
    window.let_close()


def test_why_the_server_is_away_or_reached_by_requests_follows_the_language(
    settings: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    settings.language = LanguageChoice("en")
    translation.follow(qapp, settings)
    window = MainWindow(settings)
    qtbot.addWidget(window)
    sessions = window.ui.sessionList
    sessions.set_model(SessionModel(SessionCells(time.time, "t1"), sessions))
    banner, notice = window.ui.banner, window.ui.noticeBanner
    window.show_link(LinkState.OFFLINE, partial(offline_text, Why.LOST))
    window.show_way(partial(plain_way_text, ""))
    offline, plain = banner.text, notice.text
    try:
        settings.language = LanguageChoice("fr")
        qtbot.waitUntil(lambda: banner.text != offline, timeout=WAIT_MS)
        assert banner.text == offline_text(Why.LOST)
        assert plain != notice.text == plain_way_text("") == window.link_label.toolTip()
        window.show_server_away(partial(away_text, ServerState.AWAY, ""))
        away = banner.text
        window.show_notice("Another notice stays.")
        settings.language = LanguageChoice("en")
        qtbot.waitUntil(lambda: banner.text != away, timeout=WAIT_MS)
        assert banner.text == away_text(ServerState.AWAY, "")
        assert notice.text == "Another notice stays."
        window.show_notice("")
        window.show_way(str)
        assert notice.isHidden()
    finally:
        settings.language = LanguageChoice("en")
        window.let_close()
