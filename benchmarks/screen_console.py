"""The console's screen section, alone in its own window, for ``bench_screen``.

``python -m benchmarks.screen_console URL SESSION X Y`` starts to view. Once there is a picture, it
writes ``shown LEFT TOP WIDTH HEIGHT``: the point on this X screen that shows the customer's point
(X, Y), which is given in shares of their screen, and the size of the picture. For each line on
standard input it then writes the frames painted per second and the longest time in milliseconds
that the windows' loop was held up, both since the last line, and this process's processor seconds.
"""

import asyncio
import sys
import time
from functools import partial

import qasync
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.workspace.screen.viewing import ViewState
from tests.stage.technicians.screen_technician import Technician
from tests.stage.until import until_here

TURN_S = 0.002
WITHIN_S = 600.0

_until = partial(until_here, within_s=WITHIN_S, look_every_s=TURN_S)


class Watch:
    """Measures by how much the loop is late."""

    def __init__(self) -> None:
        self.longest_s = 0.0

    async def run(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TURN_S)
            self.longest_s = max(self.longest_s, time.perf_counter() - began - TURN_S)


async def main(url: str, session_id: str, x: float, y: float) -> None:
    technician = Technician(url, session_id)
    pane = technician.pane
    pane.setGeometry(0, 0, 1936, 1180)
    watch = Watch()
    watching = asyncio.create_task(watch.run())
    await _until(pane.ui.askButton.isEnabled)
    pane.ui.askButton.click()
    await _until(lambda: pane.viewing.situation.state is ViewState.SHOWN)
    await _until(lambda: pane.ui.area.picture is not None)
    await asyncio.sleep(1)
    place = pane.ui.area.place()
    point = pane.ui.area.mapToGlobal(
        QPoint(place.left() + int(x * place.width()), place.top() + int(y * place.height()))
    )
    print("shown", point.x(), point.y(), place.width(), place.height(), flush=True)
    painted: list[float] = []
    pane.ui.area.painted.connect(lambda: painted.append(time.perf_counter()))
    loop = asyncio.get_running_loop()
    watch.longest_s = 0.0
    while await loop.run_in_executor(None, sys.stdin.readline):
        rate = (len(painted) - 1) / (painted[-1] - painted[0]) if len(painted) > 1 else 0.0
        used = time.process_time()
        print(f"{rate:.2f} {watch.longest_s * 1000:.1f} {used:.2f}", flush=True)
        painted.clear()
        watch.longest_s = 0.0
    watching.cancel()
    await technician.aclose()


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qasync.QEventLoop(application).run_until_complete(
        main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
    )
