"""Begins and ends recordings, and has the customer told each time."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.media.base import RecordingFailed
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.screen.viewing import Viewing
from rescue_console.protocol.signals import SignalKind


class RecordingControl(QObject):
    """One session's recordings, one at a time.

    Signals:
        changed: ``path`` or ``beginning`` has changed.
        failed: A recording could not be begun, or has ended early: what to tell the technician.
        finished: The ``Path`` of a recording that can be opened now.
    """

    changed = Signal()
    failed = Signal(str)
    finished = Signal(object)

    def __init__(self, viewing: Viewing, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewing = viewing
        self._jobs = jobs
        self._turn = asyncio.Lock()
        self.beginning = False
        """Whether a recording is about to begin, and the customer is being told."""
        self.path: Path | None = None
        """Where the running recording is written; ``None`` if none is running."""
        viewing.connected.connect(self._on_connected)
        viewing.recording_ended.connect(self._on_ended)

    def start(self, path: Path) -> None:
        """Tell the customer and begin, unless a recording is running or about to begin."""
        if self.path is None and not self.beginning:
            self.beginning = True
            self.changed.emit()
            self._jobs.start(self._start(path), "begin a recording")

    def stop(self) -> None:
        """Finish the file, and tell the customer."""
        if self.path is not None or self.beginning:
            self._jobs.start(self.finish(), "end a recording")

    async def finish(self, why: str = "") -> None:
        """Finish the file and tell the customer before returning.

        Args:
            why: The reason, if nobody wanted the recording to end.
        """
        async with self._turn:
            path, self.path = self.path, None
            engine = self._viewing.engine
            if path is None or engine is None:
                return
            self.changed.emit()
            try:
                await engine.stop_recording()
            except RecordingFailed as error:
                why = str(error)
            self._tell(path, why)
            await self._viewing.signal(SignalKind.RECORDING, "off")

    def _tell(self, path: Path, why: str) -> None:
        if not why:
            self.finished.emit(path)
            return
        text = self.tr("The recording has ended: {0}").format(why)
        if path.exists():
            text += "\n" + self.tr("What was recorded until then is in {0}").format(path)
        self.failed.emit(text)

    async def _start(self, path: Path) -> None:
        async with self._turn:
            problem = await self._begin(path)
            self.beginning = False
            if problem:
                self.failed.emit(problem)
            self.changed.emit()

    async def _begin(self, path: Path) -> str:
        """Begin to record; return why that failed, in words, or an empty text."""
        engine = self._viewing.engine
        # A customer who could not be told is not recorded.
        if engine is None or not await self._viewing.signal(SignalKind.RECORDING, "on"):
            return self.tr("The customer could not be told, so nothing is recorded.")
        try:
            await engine.record(path)
        except RecordingFailed as error:
            await self._viewing.signal(SignalKind.RECORDING, "off")
            return self.tr("Nothing is recorded: {0}").format(error)
        self.path = path
        return ""

    def _on_connected(self) -> None:
        if self.path is not None:
            self._jobs.start(self._tell_again(), "tell of a recording")

    async def _tell_again(self) -> None:
        """Tell the page, which may have been loaded again meanwhile, or else stop recording."""
        if not await self._viewing.signal(SignalKind.RECORDING, "on"):
            await self.finish(self.tr("the customer could not be told of it again."))

    def _on_ended(self, problem: str) -> None:
        """Close what could be written; ``finish`` reports the problem."""
        self.stop()
