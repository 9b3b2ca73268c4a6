"""The session list with 100 000 rows: applying changes, and filtering while a person types.

All figures are processor time: nothing here waits, and other programs must not influence them.
"""

import gc
import os
import time
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.figures import milliseconds, percentile
from benchmarks.many_sessions import NOW, ManySessions
from benchmarks.result import Result
from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.filter import Shown
from rescue_console.desktop.session_list.model import SessionModel
from rescue_console.desktop.session_list.view import SessionList
from rescue_console.protocol.answers import Session

ROWS = 100_000
CHANGES = 1_000
BATCHES = 15
ROUNDS = 5
TYPED = "martin du"
APPLY_BUDGET_S = 0.016
FILTER_BUDGET_S = 0.050


def measure() -> list[Result]:
    """Show a real list off screen, with and without painting what a window shows of it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    made = ManySessions()
    sessions = made.make(ROWS)
    shown = _list(app, sessions)
    typing, typing_painted = _type(app, shown)
    apply, apply_painted = _apply(app, shown, made, sessions)
    shown.close()
    return [
        Result(
            f"session list of {ROWS} rows: apply {CHANGES} changes (median)",
            f"≤ {APPLY_BUDGET_S * 1000:.0f} ms",
            f"{milliseconds(percentile(apply, 50))}; "
            f"with painting {milliseconds(percentile(apply_painted, 50))}",
            percentile(apply, 50) <= APPLY_BUDGET_S,
        ),
        Result(
            "filter it on a keystroke (slowest key, median of rounds)",
            f"≤ {FILTER_BUDGET_S * 1000:.0f} ms",
            f"{milliseconds(typing)}; with painting {milliseconds(typing_painted)}",
            typing <= FILTER_BUDGET_S,
        ),
    ]


def _list(app: QApplication, sessions: Sequence[Session]) -> SessionList:
    """Return a list as in the main window, shown and settled."""
    shown = SessionList()
    model = SessionModel(SessionCells(NOW.timestamp, "t1"), shown)
    shown.set_model(model)
    shown.set_loading(False)
    shown.resize(1280, 800)
    shown.show()
    shown.clear_filter(Shown.ALL)
    shown.apply(sessions, [])
    _settle(app)
    return shown


def _apply(
    app: QApplication, shown: SessionList, made: ManySessions, sessions: Sequence[Session]
) -> tuple[list[float], list[float]]:
    """Apply batches of changes; return each batch's seconds without and with painting."""
    now = {session.id: session for session in sessions}
    applied, painted = [], []
    for _ in range(BATCHES):
        changes = made.change(list(now.values()), CHANGES)
        now.update((session.id, session) for session in changes)
        _settle(app)
        began = time.process_time()
        shown.apply(changes, [])
        applied.append(time.process_time() - began)
        shown.ui.table.viewport().repaint()
        painted.append(time.process_time() - began)
    return applied, painted


def _type(app: QApplication, shown: SessionList) -> tuple[float, float]:
    """Type a search and delete it; return the slowest key's seconds without and with painting.

    A key's figure is its median over all rounds.
    """
    edit = shown.ui.searchEdit
    edit.setFocus()
    keys = [*TYPED, *(Qt.Key.Key_Backspace for _ in TYPED)]
    filtered: list[list[float]] = [[] for _ in keys]
    painted: list[list[float]] = [[] for _ in keys]
    for _ in range(ROUNDS):
        for place, key in enumerate(keys):
            _settle(app)
            began = time.process_time()
            QTest.keyClick(edit, key)
            filtered[place].append(time.process_time() - began)
            shown.ui.table.viewport().repaint()
            painted[place].append(time.process_time() - began)
        assert edit.text() == ""
    return (
        max(percentile(seconds, 50) for seconds in filtered),
        max(percentile(seconds, 50) for seconds in painted),
    )


def _settle(app: QApplication) -> None:
    """Run everything that waits for a pause, as happens between two keys."""
    gc.collect()
    for _ in range(3):
        app.processEvents()
