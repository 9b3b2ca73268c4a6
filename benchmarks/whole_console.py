"""The whole console for ``bench_ten_sessions``: helps whoever waits and keeps all sections busy.

``python -m benchmarks.whole_console URL FOLDER`` starts each waiting session and asks for what its
customer can grant. It writes ``frame NANOSECONDS`` (monotonic) at the first painted frame of a
screen. Each line on standard input is answered:

- ``busy FILE`` sends that file in a session with an applet, and then goes from tab to tab and from
  section to section.
- ``measure`` tells, all since the last ``measure``: the frames per second, the longest time and the
  99.9th percentile of the times in milliseconds that the windows' loop was held up, the processor
  seconds of this process, and the longest work of the loop's thread between two turns, in
  milliseconds of processor time.

Time during which other programs had the processor is not counted as a hold-up: it says nothing
about the console.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import qasync
from PySide6.QtWidgets import QApplication

from benchmarks.figures import percentile
from rescue_console.client.account import open_with_password
from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.console import Console
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.program.settings_file import SettingsFile
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.workspace.files.pane import FilesPane
from rescue_console.desktop.workspace.screen.pane import ScreenPane
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.tab import WorkspaceTab
from rescue_console.network.server_address import read_address
from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import Power
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD
from tests.stage.until import until_here

PaneT = TypeVar("PaneT", bound=Pane)

WITHIN_S = 60.0
TURN_S = 0.002
STEP_S = 0.1
FROM_APPLET = (Power.FILES, Power.SYSTEM_INFORMATION)


class Technician:
    """Does with the console what the benchmark asks for."""

    def __init__(self, url: str, folder: Path) -> None:
        settings = Settings(SettingsFile(folder / "settings.json"))
        settings.sound_on = False
        account = open_with_password(read_address(url), OWNER_EMAIL, OWNER_PASSWORD, None)
        self.console = Console(account, settings, Sounds(settings))
        self.late_s: list[float] = []
        self.longest_work_s = 0.0
        self.painted: list[float] = []
        self._asked: set[tuple[str, Power]] = set()
        self._steps: Iterator[tuple[WorkspaceTab, int]] | None = None
        self._used_s = 0.0

    async def live(self) -> None:
        """Run the console and answer each line until standard input ends."""
        self.console.connection.changes.connect(self._on_changes)
        self.console.start()
        self.console.window.resize(1400, 900)
        loop = asyncio.get_running_loop()
        tasks = [loop.create_task(self._watch()), loop.create_task(self._click())]
        while words := (await loop.run_in_executor(None, sys.stdin.readline)).split():
            match words:
                case ["busy", file]:
                    self._be_busy(Path(file))
                    print("busy", flush=True)
                case _:
                    print(self._measured(), flush=True)
        for task in tasks:
            task.cancel()
        await self.console.aclose()

    def _on_changes(self, changed: list[Session], removed: list[str]) -> None:
        for session in changed:
            if session.status is SessionStatus.WAITING:
                self.console.commands.do(SessionAction.START, session)
            elif session.status is SessionStatus.ACTIVE:
                asyncio.get_running_loop().create_task(self._ask(session.id))

    async def _ask(self, session_id: str) -> None:
        """Ask for the customer's powers in the session's tab."""
        await until_here(lambda: self.console.tabs.tab(session_id), within_s=WITHIN_S)
        tab = self._tab(session_id)
        for power in FROM_APPLET if tab.session.applet else (Power.VIEW,):
            button = tab.ui.consentBar.chips[power].ui.askButton
            if (session_id, power) not in self._asked:
                self._asked.add((session_id, power))
                await until_here(button.isEnabled, within_s=WITHIN_S)
                button.click()
                if power is Power.VIEW:
                    area = _pane(tab, ScreenPane).ui.area
                    area.painted.connect(self._on_painted)
                    tab.ui.detachButton.click()

    def _on_painted(self) -> None:
        if not self.painted:
            print("frame", time.monotonic_ns(), flush=True)
        self.painted.append(time.perf_counter())

    def _tab(self, session_id: str) -> WorkspaceTab:
        tab = self.console.tabs.tab(session_id)
        assert tab is not None
        return tab

    def _be_busy(self, file: Path) -> None:
        ids = {session_id for session_id, power in self._asked if power in FROM_APPLET}
        tabs = [self._tab(session_id) for session_id in sorted(ids)]
        _pane(tabs[0], FilesPane).send([file])
        places = range(len(tabs[0].panes))
        self._steps = cycle([(tab, place) for place in places for tab in tabs])

    async def _click(self) -> None:
        """Keep going to the next tab or section."""
        while True:
            await asyncio.sleep(STEP_S)
            if self._steps is not None:
                tab, place = next(self._steps)
                self.console.tabs.show(tab.session.id)
                tab.ui.sections.setCurrentIndex(place)

    async def _watch(self) -> None:
        while True:
            began, starved, worked = time.perf_counter(), _starved_s(), time.thread_time()
            await asyncio.sleep(TURN_S)
            late = time.perf_counter() - began - TURN_S
            self.late_s.append(max(late - (_starved_s() - starved), 0.0))
            self.longest_work_s = max(self.longest_work_s, time.thread_time() - worked)

    def _measured(self) -> str:
        painted, late = self.painted, self.late_s or [0.0]
        rate = (len(painted) - 1) / (painted[-1] - painted[0]) if len(painted) > 1 else 0.0
        used = time.process_time()
        figures = (
            f"{rate:.1f} {max(late) * 1000:.1f} {percentile(late, 99.9) * 1000:.1f}"
            f" {used - self._used_s:.2f} {self.longest_work_s * 1000:.1f}"
        )
        self.longest_work_s = 0.0
        self._used_s = used
        self.painted, self.late_s = painted[-1:], []
        return figures


def _starved_s() -> float:
    """Return the seconds that the main thread was ready to run but waited for a processor.

    Source: Documentation/scheduler/sched-stats.rst of the Linux kernel, /proc/PID/schedstat.
    """
    statistics = Path("/proc/self/schedstat").read_text("ascii")
    return int(statistics.split()[1]) / 1e9


def _pane(tab: WorkspaceTab, kind: type[PaneT]) -> PaneT:
    return next(pane for pane in tab.panes if isinstance(pane, kind))


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qasync.QEventLoop(application).run_until_complete(
        Technician(sys.argv[1], Path(sys.argv[2])).live()
    )
