"""What a person sees of the running app: its windows, their texts, fields, buttons and tables.

This runs inside the app's process. It only looks; ``hand`` acts.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QToolTip,
    QWidget,
)

ROWS_MAX = 100
"""The most rows of a table that a person reads at once."""
_PASSING = (Qt.WindowType.ToolTip, Qt.WindowType.Popup)

W = TypeVar("W", bound=QWidget)


def words(text: str) -> str:
    """Return *text* as people read it, without shortcut marks and final punctuation."""
    shown = "&".join(part.replace("&", "") for part in text.split("&&"))
    return shown.rstrip(" :\u00a0\u202f…").strip()


def windows() -> list[QWidget]:
    """Return the visible windows, front to back: modal ones, other dialogs, then the rest."""
    shown = [
        window
        for window in QApplication.topLevelWidgets()
        if window.isVisible() and window.windowType() not in _PASSING
    ]
    return sorted(shown, key=lambda window: (not window.isModal(), not isinstance(window, QDialog)))


def reachable_windows() -> list[QWidget]:
    """Return the windows that accept clicks and keys: only the modal ones, if there are any."""
    shown = windows()
    return [window for window in shown if window.isModal()] or shown


def parts(window: QWidget, kind: type[W]) -> Iterator[W]:
    """Yield the visible parts of *kind* in *window*."""
    for part in window.findChildren(kind):
        if part.window() is window and part.isVisible() and not part.visibleRegion().isEmpty():
            yield part


def label_of(part: QWidget) -> set[str]:
    """Return the names by which people and screen readers know this field."""
    buddies = (label for label in part.window().findChildren(QLabel) if label.buddy() is part)
    return {words(part.accessibleName()), *(words(label.text()) for label in buddies)} - {""}


def look() -> list[dict[str, Any]]:
    """Return everything that can be read, window by window."""
    return [_read(window) for window in windows()]


def _read(window: QWidget) -> dict[str, Any]:
    return {
        "title": window.windowTitle(),
        "kind": type(window).__name__,
        "texts": [_text(label) for label in parts(window, QLabel) if label.text()],
        "buttons": [_button(button) for button in parts(window, QAbstractButton)],
        "fields": [*_fields(window)],
        "tables": [_table(table) for table in parts(window, QTableView)],
        "tabs": [tab for tabs in parts(window, QTabWidget) for tab in _tabs(tabs)],
        "focus": _focus(window),
    }


def _text(label: QLabel) -> str:
    return label.text() if label.buddy() is None else words(label.text())


def _button(button: QAbstractButton) -> dict[str, Any]:
    return {
        "text": words(button.text()),
        "enabled": button.isEnabled(),
        "checked": button.isChecked(),
        "tip": button.toolTip(),
    }


def _fields(window: QWidget) -> Iterator[dict[str, Any]]:
    for line in parts(window, QLineEdit):
        if not isinstance(line.parentWidget(), QComboBox):
            yield {"labels": sorted(label_of(line)), "text": line.text()}
    for page in parts(window, QPlainTextEdit):
        yield {"labels": sorted(label_of(page)), "text": page.toPlainText()}
    for box in parts(window, QComboBox):
        yield {"labels": sorted(label_of(box)), "text": box.currentText()}


def _tabs(widget: QTabWidget) -> Iterator[str]:
    for place in range(widget.count()):
        if widget.isTabVisible(place):
            yield words(widget.tabText(place))


def _table(table: QTableView) -> dict[str, Any]:
    model = table.model()
    header = Qt.Orientation.Horizontal
    columns = range(model.columnCount())
    return {
        "columns": [model.headerData(column, header) for column in columns],
        "rows": [
            [model.index(row, column).data() for column in columns]
            for row in range(min(model.rowCount(), ROWS_MAX))
        ],
    }


def _focus(window: QWidget) -> str:
    focus = window.focusWidget()
    if focus is None:
        return ""
    text = focus.text() if isinstance(focus, QAbstractButton) else ""
    return ", ".join(sorted(label_of(focus))) or words(text)


def tool_tip() -> str:
    """Return the text of the visible tool tip; empty if there is none."""
    return QToolTip.text() if QToolTip.isVisible() else ""


def middle(part: QWidget) -> QPoint:
    """Return the middle of the visible area of *part*."""
    return part.visibleRegion().boundingRect().center()
