"""What a person does with the running app: click, type, choose, by the names on the screen.

This runs inside the app's process. Everything is real mouse and keyboard input to visible, enabled
parts of windows that accept input; no method of theirs is called to bypass it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)

from tests.stage.desk.sight import W, label_of, middle, parts, reachable_windows, words

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
DISPLAYED = Qt.ItemDataRole.DisplayRole
EXACTLY = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
T = TypeVar("T")
Spot = tuple[QWidget, QPoint]


class NotThere(Exception):
    """The wanted part is not on the screen, or not enabled, at this moment."""


def click(name: str) -> None:
    """Click on the button, tab, menu entry or cell called *name*.

    Raises:
        NotThere: nothing of that name can be clicked.
    """
    part, place = _first(_spots(name), name)
    QTest.mouseClick(part, LEFT, NONE, place)


def fill(name: str, text: str) -> None:
    """Type *text* into the field called *name*, replacing its content.

    Raises:
        NotThere: there is no such field that accepts text.
    """
    field = _first(_fields(name), name)
    QTest.mouseClick(field, LEFT, NONE, middle(field))
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.SelectAll))
    QTest.keyClick(field, Qt.Key.Key_Delete)
    for letter in text:
        _type(field, letter)


def _type(field: QWidget, letter: str) -> None:
    """Type one letter; if a plain keyboard lacks it, enter it the way an input method does."""
    if letter.isascii():
        QTest.keyClicks(field, letter)
        return
    event = QInputMethodEvent()
    event.setCommitString(letter)
    QApplication.sendEvent(field, event)


def choose(name: str, entry: str) -> None:
    """Choose *entry* in the drop-down list called *name*, with the keyboard.

    Raises:
        NotThere: there is no such list, or it does not contain the entry.
    """
    box = _first(_named(name, QComboBox), name)
    if box.findText(entry) < 0:
        raise NotThere(entry)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findText(entry)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    if box.currentText() != entry:
        raise NotThere(f"{entry} (the list shows {box.currentText()})")


def press(keys: str, title: str = "") -> None:
    """Press a key or a shortcut such as ``Ctrl+N`` in the part of a window that has the focus.

    Args:
        title: A part of the window's title; empty = the front window.
    """
    window = _window(title)
    QTest.keySequence(window.focusWidget() or window, QKeySequence(keys))


def resize(width: int, height: int, title: str = "") -> None:
    """Make the front window with *title* in its title that large, in pixels."""
    _window(title).resize(width, height)


def take_picture(path: str, title: str = "") -> None:
    """Write a picture of the front window with *title* in its title into the file *path*."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    if not _window(title).grab().save(path):
        raise OSError(f"{path} cannot be written")


def _window(title: str) -> QWidget:
    return _first((each for each in reachable_windows() if title in each.windowTitle()), title)


def _first(found: Iterator[T], name: str) -> T:
    for each in found:
        return each
    raise NotThere(name)


def _fields(name: str) -> Iterator[QWidget]:
    yield from _named(name, QLineEdit)
    yield from _named(name, QPlainTextEdit)


def _named(name: str, kind: type[W]) -> Iterator[W]:
    for window in reachable_windows():
        for part in parts(window, kind):
            if name in label_of(part) and part.isEnabled():
                yield part


def _spots(name: str) -> Iterator[Spot]:
    """Yield every place where a click on *name* may go, the most likely first."""
    yield from _menu_spots(name)
    for window in reachable_windows():
        yield from _button_spots(window, name)
        yield from _tab_spots(window, name)
        yield from _menu_bar_spots(window, name)
        yield from _cell_spots(window, name)


def _menu_spots(name: str) -> Iterator[Spot]:
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        for action in menu.actions():
            if words(action.text()) == name and action.isEnabled():
                yield menu, menu.actionGeometry(action).center()


def _button_spots(window: QWidget, name: str) -> Iterator[Spot]:
    for button in parts(window, QAbstractButton):
        called = words(button.text()) == name or words(button.accessibleName()) == name
        if called and button.isEnabled():
            yield button, _mark(button)


def _mark(button: QAbstractButton) -> QPoint:
    """Return where to click: in the middle, or on the mark of a check box or radio button."""
    place = middle(button)
    if isinstance(button, QRadioButton) or button.isCheckable():
        place.setX(min(place.x(), 8))
    return place


def _tab_spots(window: QWidget, name: str) -> Iterator[Spot]:
    for bar in parts(window, QTabBar):
        for place in range(bar.count()):
            if words(bar.tabText(place)) == name and bar.isTabVisible(place) and bar.isEnabled():
                yield bar, bar.tabRect(place).center()


def _menu_bar_spots(window: QWidget, name: str) -> Iterator[Spot]:
    for bar in parts(window, QMenuBar):
        for action in bar.actions():
            if words(action.text()) == name:
                yield bar, bar.actionGeometry(action).center()


def _cell_spots(window: QWidget, name: str) -> Iterator[Spot]:
    for view in parts(window, QAbstractItemView):
        model = view.model()
        if model is None:
            continue
        for index in model.match(model.index(0, 0), DISPLAYED, name, 1, EXACTLY):
            rect = view.visualRect(index)
            if rect.isValid():
                yield view.viewport(), rect.center()
