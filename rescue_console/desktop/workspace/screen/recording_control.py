"""Begins and ends recordings, and has the customer told of each."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from rescue_console.desktop.jobs import Jobs
from rescue_console.desktop.media.base import RecordingFailed
from rescue_console.desktop.workspace.screen.viewing import Viewing
from rescue_console.protocol.signals import SignalKind

_NAME_MAX = 60


class RecordingControl(QObject):
    """One session's recordings, one at a time.

    Signals:
        changed: ``path`` has another value.
        failed: A recording could not be begun or ended early; why.
        finished: The ``Path`` of a recording that can be opened now.
    """

    changed = Signal()
    failed = Signal(str)
    finished = Signal(object)

    def __init__(self, viewing: Viewing, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewing = viewing
        self._jobs = jobs
        self.path: Path | None = None
        """Where the running recording goes."""
        viewing.connected.connect(self._tell_again)
        viewing.recording_ended.connect(self._on_ended)

    def start(self, path: Path) -> None:
        """Tell the customer, and begin."""
        self._jobs.start(self._start(path), "begin a recording")

    def stop(self) -> None:
        """Finish the file, and tell the customer."""
        if self.path is not None:
            self._jobs.start(self.finish(), "end a recording")

    async def finish(self) -> None:
        """Finish the file, and tell the customer, before returning."""
        path, self.path = self.path, None
        engine = self._viewing.engine
        if path is None or engine is None:
            return
        self.changed.emit()
        await self._viewing.signal(SignalKind.RECORDING, "off")
        try:
            await engine.stop_recording()
        except RecordingFailed as error:
            self.failed.emit(str(error))
        else:
            self.finished.emit(path)

    async def _start(self, path: Path) -> None:
        engine = self._viewing.engine
        # Nobody is recorded who could not be told.
        if engine is None or not await self._viewing.signal(SignalKind.RECORDING, "on"):
            self.failed.emit(self.tr("The customer could not be told, so nothing is recorded."))
            self.changed.emit()
            return
        try:
            await engine.record(path)
        except RecordingFailed as error:
            await self._viewing.signal(SignalKind.RECORDING, "off")
            self.failed.emit(str(error))
        else:
            self.path = path
        self.changed.emit()

    def _tell_again(self) -> None:
        """Tell a page that may have been loaded again meanwhile."""
        if self.path is not None:
            self._jobs.start(
                self._viewing.signal(SignalKind.RECORDING, "on"), "tell of a recording"
            )

    def _on_ended(self, problem: str) -> None:
        """Close what could be written; its problem is told by ``finish``."""
        self.stop()


def suggested_path(place: QStandardPaths.StandardLocation, name: str, suffix: str) -> Path:
    """Return where to keep something of a session: folder, name of the customer, time.

    Args:
        name: The customer's name, which may hold anything.
        suffix: With its dot.
    """
    folder = Path(QStandardPaths.writableLocation(place) or Path.home())
    safe = re.sub(r"[^\w .-]+", "_", name).strip(" .")[:_NAME_MAX] or "screen"
    return folder / f"{safe} {datetime.now().astimezone():%Y-%m-%d %H.%M.%S}{suffix}"
