from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.language_change import on_language_change


def change_language(widget: QWidget) -> None:
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))


def test_a_widget_and_its_children_learn_of_a_new_language(qtbot: QtBot) -> None:
    heard: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    on_language_change(window, lambda: heard.append("window"))
    on_language_change(QLabel(window), lambda: heard.append("label"))
    change_language(window)
    assert sorted(heard) == ["label", "window"]


def test_no_other_event_is_passed_on(qtbot: QtBot) -> None:
    heard: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    on_language_change(window, lambda: heard.append("window"))
    window.show()
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.PaletteChange))
    assert heard == []
