"""Has Python's garbage collected in the thread of the windows only.

Left to itself, Python collects in whichever thread happens to pass the threshold. Were that the one
for packets and pictures, a window or timer in a reference cycle would be destroyed there, which Qt
does not survive.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
"""How often it is looked whether a collection is due."""


class Collector(QObject):
    """Collects from its start on, in the thread that has made it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_due)

    def start(self) -> None:
        """Take over from Python; what is loaded by now is not looked through any more."""
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
