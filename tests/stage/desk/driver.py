"""The desktop app with a person at it: ``python -m tests.stage.desk.driver [OPTIONS]``.

This runs the real ``main`` of ``rescue-console``, with the same options. In addition, a thread
reads orders from standard input, one per line, and the answers go to standard output, all as JSON:

``{"do": "click", "with": ["New session"]}``  calls the function of that name in ``hand``, as soon
    as it can be carried out; answers ``{"done": true}``, with the function's result as ``"told"``.
    The functions of ``whereabouts`` are called in the same way.
``{"do": "look"}``  answers ``{"windows": [...]}``, what ``sight`` sees, once that differs from
    the last look; the first look is answered at once.

An order that could not be carried out within ``"within_s"`` seconds is answered with
``{"failed": REASON, "windows": [...]}``.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from rescue_console.desktop.__main__ import main
from tests.stage.desk import hand, sight, whereabouts

AGAIN_MS = 40
"""The pause before an order that cannot be carried out yet is tried again."""
HANDS: dict[str, Callable[..., object]] = {
    "click": hand.click,
    "fill": hand.fill,
    "choose": hand.choose,
    "press": hand.press,
    "resize": hand.resize,
    "take_picture": hand.take_picture,
    "where": whereabouts.where,
    "picture_place": whereabouts.picture_place,
}


class Driver(QObject):
    """Carries out orders, one at a time, in the app's own loop."""

    ordered = Signal(str)

    def __init__(self, answers: TextIO) -> None:
        super().__init__()
        self._answers = answers
        self._order: dict[str, Any] = {}
        self._seen: list[dict[str, Any]] | None = None
        self._elapsed = QElapsedTimer()
        self._again: QTimer | None = None
        self.ordered.connect(self._on_order, Qt.ConnectionType.QueuedConnection)

    @Slot(str)
    def _on_order(self, line: str) -> None:
        if self._again is None:
            self._again = QTimer(self, interval=AGAIN_MS)
            self._again.timeout.connect(self._try)
        self._order = json.loads(line)
        self._elapsed.start()
        self._again.start()
        self._try()

    def _try(self) -> None:
        if not self._order:
            return
        try:
            answer = self._look() if self._order["do"] == "look" else self._act()
        except hand.NotThere as missing:
            answer = self._give_up(f"{self._order['do']}: {missing} is not there")
        if answer is not None:
            self._order = {}
            if self._again is not None:
                self._again.stop()
            print(json.dumps(answer), file=self._answers, flush=True)

    def _look(self) -> dict[str, Any] | None:
        seen = sight.look()
        if seen == self._seen:
            return self._give_up("nothing changed")
        self._seen = seen
        return {"windows": seen}

    def _act(self) -> dict[str, Any]:
        # After an act, what was seen before is no longer valid.
        self._seen = None
        result = HANDS[self._order["do"]](*self._order.get("with", []))
        return {"done": True, "told": result}

    def _give_up(self, reason: str) -> dict[str, Any] | None:
        if self._elapsed.elapsed() < self._order["within_s"] * 1000:
            return None
        self._seen = None
        return {"failed": reason, "windows": sight.look()}


def _read_orders(driver: Driver) -> None:
    for line in sys.stdin:
        driver.ordered.emit(line)


def _own_output() -> TextIO:
    """Return the original standard output, and send everybody else's output to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    driver = Driver(_own_output())
    threading.Thread(target=_read_orders, args=(driver,), daemon=True).start()
    sys.exit(main())
