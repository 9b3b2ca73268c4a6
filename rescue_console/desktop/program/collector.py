"""Runs Python's garbage collection in the windows' thread only.

Left to itself, Python collects in whichever thread happens to pass the threshold. If that were the
thread for packets and pictures, a window or timer in a reference cycle would be destroyed there,
which Qt does not survive.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
"""How often to check whether a collection is due, in milliseconds."""


class Collector(QObject):
    """Collects garbage, once started, in the thread that created it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_due)

    def start(self) -> None:
        """Take over from Python; objects that exist by now are never examined again."""
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer.start()


def collect_due() -> None:
    """Collect the oldest generation that is due by Python's own thresholds, if any is."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
