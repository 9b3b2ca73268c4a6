"""Windows and timers in reference cycles are destroyed in the thread of the windows."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rescue_console.desktop.program.collector import Collector


class Ring:
    """Refers to itself, and records the thread in which it is destroyed."""

    def __init__(self, gone: list[threading.Thread]) -> None:
        self._itself = self
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append(threading.current_thread())


@pytest.fixture
def collecting(qapp: QApplication) -> Iterator[None]:
    parent = QObject()
    gc.enable()  # as it is when the app starts
    Collector(parent).start()
    yield
    parent.deleteLater()
    gc.unfreeze()


@pytest.mark.usefixtures("collecting")
def test_no_other_thread_collects_however_many_objects_it_makes(qtbot: QtBot) -> None:
    gone: list[threading.Thread] = []
    made: list[list[object]] = []
    Ring(gone)

    def make() -> None:
        made.extend([] for _ in range(100_000))

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert not gone
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [threading.main_thread()]
