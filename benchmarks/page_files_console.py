"""The console's sections for screen and files, for ``bench_page_files``.

``python -m benchmarks.page_files_console URL SESSION`` answers each line on standard input with one
on standard output: ``view`` once the screen is shown, ``files`` once files can be exchanged,
``send PATH`` and ``receive`` with the seconds from the first byte to the last, ``frames`` with the
frames painted per second since the last ``frames`` and the longest time in milliseconds that the
windows' loop was held up.
"""

import asyncio
import sys
import time
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from benchmarks.screen_console import Watch
from rescue_console.desktop.workspace.screen.viewing import ViewState
from rescue_console.peer.files.transfer import TransferState
from tests.stage.technicians.files_technician import FilesTechnician
from tests.stage.until import until_here

TURN_S = 0.002
WITHIN_S = 600.0

_until = partial(until_here, within_s=WITHIN_S, look_every_s=TURN_S)


class Answers:
    """Does what each line asks for, one after the other."""

    def __init__(self, technician: FilesTechnician, watch: Watch) -> None:
        self._technician = technician
        self._watch = watch
        self._painted: list[float] = []
        technician.pane.ui.area.painted.connect(lambda: self._painted.append(time.perf_counter()))

    async def answer(self, word: str, *more: str) -> str:
        technician = self._technician
        match word:
            case "view":
                technician.pane.setGeometry(0, 0, 1936, 1180)
                await _until(technician.pane.ui.askButton.isEnabled)
                technician.pane.ui.askButton.click()
                await _until(lambda: technician.pane.viewing.situation.state is ViewState.SHOWN)
            case "files":
                await _until(lambda: not technician.files.ui.askButton.isHidden())
                technician.files.ui.askButton.click()
                await _until(lambda: technician.link.is_open)
            case "send":
                count = len(technician.transfers)
                technician.send(Path(more[0]))
                return f"{await self._seconds(count):.3f}"
            case "receive":
                await _until(lambda: bool(technician.asked))
                technician.files.ui.questionBar.ui.firstButton.click()
                return f"{await self._seconds(len(technician.transfers) - 1):.3f}"
            case "frames":
                return self._frames()
        return "done"

    async def _seconds(self, number: int) -> float:
        """Wait until the transfer with this number is done; return the seconds that it took."""
        await _until(lambda: len(self._technician.transfers) > number)
        transfer = self._technician.transfers[number]
        await _until(lambda: transfer.done > 0)
        began = time.perf_counter()
        await _until(lambda: transfer.over)
        assert transfer.state is TransferState.DONE, transfer.problem
        return time.perf_counter() - began

    def _frames(self) -> str:
        painted = self._painted[:]
        rate = (len(painted) - 1) / (painted[-1] - painted[0]) if len(painted) > 1 else 0.0
        held_ms = self._watch.longest_s * 1000
        self._painted.clear()
        self._watch.longest_s = 0.0
        return f"{rate:.2f} {held_ms:.1f}"


async def main(url: str, session_id: str) -> None:
    technician = FilesTechnician(url, session_id)
    watch = Watch()
    watching = asyncio.create_task(watch.run())
    answers = Answers(technician, watch)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(await answers.answer(*line.split()), flush=True)
    watching.cancel()
    await technician.aclose()


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qasync.QEventLoop(application).run_until_complete(main(sys.argv[1], sys.argv[2]))
