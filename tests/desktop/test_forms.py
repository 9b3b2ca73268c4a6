"""Every form can be used by keyboard and with a screen reader, in both languages."""

import importlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program import translation
from rescue_console.desktop.program.settings import LanguageChoice
from tests.stage.checkout import ROOT

FORMS = sorted((ROOT / "ui").rglob("*.ui"))
NEEDS_A_NAME = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
BASES: dict[str, Callable[[], QWidget]] = {
    "QDialog": QDialog,
    "QWidget": QWidget,
    "QGroupBox": QGroupBox,
    "QFrame": QFrame,
    "QMainWindow": QMainWindow,
}


@pytest.fixture(params=[LanguageChoice("en"), LanguageChoice("fr")])
def _language(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    translation.install(qapp, request.param)
    yield
    translation.install(qapp, LanguageChoice("en"))


def build(path: Path, qtbot: QtBot) -> QWidget:
    source = path.read_text(encoding="utf-8")
    root = re.search(r'<class>(\w+)</class>\s*<widget class="(\w+)"', source)
    assert root is not None, path.name
    widget = BASES[root[2]]()
    qtbot.addWidget(widget)
    room = ".".join(path.parent.relative_to(ROOT / "ui").parts)
    module = importlib.import_module(f"rescue_console.desktop.{room}.ui_{path.stem}")
    form = getattr(module, f"Ui_{root[1]}")()
    form.setupUi(widget)
    widget.setProperty("form", form)
    return widget


def own(widget: QWidget, kind: type[QWidget]) -> list[QWidget]:
    """Return the widgets that the form names: Qt's own inner parts start with ``qt_``."""
    return [
        each
        for each in widget.findChildren(kind)
        if each.objectName() and not each.objectName().startswith("qt_")
    ]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_input_tells_a_screen_reader_what_it_is(path: Path, qtbot: QtBot) -> None:
    widget = build(path, qtbot)
    nameless = [
        each.objectName()
        for kind in NEEDS_A_NAME
        for each in own(widget, kind)
        if not each.accessibleName()
    ]
    assert nameless == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_control_is_in_the_tab_order(path: Path, qtbot: QtBot) -> None:
    widget = build(path, qtbot)
    kinds = (*NEEDS_A_NAME, QAbstractButton)
    unreachable = [
        each.objectName()
        for kind in kinds
        for each in own(widget, kind)
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert unreachable == []


@pytest.mark.usefixtures("_language")
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_no_two_controls_want_the_same_letter(path: Path, qtbot: QtBot) -> None:
    """Pages of a stack are never on the screen together, so letters are counted page by page."""
    widget = build(path, qtbot)
    letters: Counter[tuple[str, str]] = Counter()
    for each in [*own(widget, QAbstractButton), *own(widget, QLabel)]:
        text = each.text() if isinstance(each, QAbstractButton | QLabel) else ""
        found = re.search(r"&(\w)", text.replace("&&", ""))
        if found:
            letters[_page(each), found[1].lower()] += 1
    assert [entry for entry, count in letters.items() if count > 1] == []


def _page(widget: QWidget) -> str:
    """Return the name of the page that *widget* is on; empty if it is on none."""
    parent = widget.parentWidget()
    while parent is not None:
        if parent.objectName().endswith("Page"):
            return parent.objectName()
        parent = parent.parentWidget()
    return ""
