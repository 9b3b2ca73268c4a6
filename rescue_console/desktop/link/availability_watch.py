"""Tells the server when the technician goes away, by choice or by doing nothing, and is back."""

import logging

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.words.error import error_text
from rescue_console.network.errors import ClientError
from rescue_console.protocol.requests import SetAvailability

IDLE_MS = 15 * 60 * 1000
"""Without any input in the console's own windows for so long, the technician is away."""

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_log = logging.getLogger(__name__)


class AvailabilityWatch(QObject):
    """Watches for input and keeps the server's idea of the technician in step.

    An Away that the person chose stays until they choose otherwise; one that came by itself ends
    with the next input, be it after a new start of the console.

    Signals:
        refused: Why what the person chose was not done, in words.
        failed: Something happened that is a fault of this program, already logged.
    """

    refused = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        calls: Calls,
        standing: Standing,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._standing = standing
        self._away = standing.me.away
        self._ended = False
        self._settings = settings
        self._wanted: bool | None = None
        """What the server has been asked for and has not told yet; ``None`` = nothing."""
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self.idle.timeout.connect(self._on_idle)
        self.idle.start()
        standing.me_changed.connect(self._on_me)
        standing.online_changed.connect(self._on_online)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app
        app.focusWindowChanged.connect(self._on_focus_window)
        self._on_focus_window(QGuiApplication.focusWindow())

    def _on_me(self) -> None:
        """Follow whether the server has the technician as away."""
        was_away, self._away = self._away, self._standing.me.away
        if was_away and not self._away:
            self._settings.away_by_itself = False
        if self._away == self._wanted:
            self._wanted = None
        if self.idle.isActive():
            # There was input in the meantime, or the console has just been opened.
            self._come_back()

    def _on_online(self) -> None:
        """Tell what came due while there was no connection."""
        if self._standing.online and not self.idle.isActive():
            self._on_idle()

    def choose(self, away: bool) -> None:
        """Go away or be back because the person wants it."""
        self._settings.away_by_itself = False
        self._wanted = away
        self.jobs.start(self._tell(away=away, chosen=True), "tell availability")

    async def aclose(self) -> None:
        """Stop watching."""
        self._app.focusWindowChanged.disconnect(self._on_focus_window)
        self._ended = True
        self.idle.stop()
        await self.jobs.aclose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Notice input in a window of the console."""
        if event.type() in _INPUT:
            self._on_input()
        return False

    def _on_focus_window(self, window: QWindow | None) -> None:
        if window is not None:
            # Not the whole application: every event would come through here.
            window.installEventFilter(self)
            self._on_input()

    def _on_input(self) -> None:
        self.idle.start()
        if self._away:
            self._come_back()

    @property
    def _may_tell(self) -> bool:
        return self._standing.online and not self._ended

    def _come_back(self) -> None:
        by_itself = self._away and self._settings.away_by_itself
        if by_itself and self._may_tell and self._wanted is not False:
            self._wanted = False
            self.jobs.start(self._tell(away=False), "tell availability")

    def _on_idle(self) -> None:
        if self._may_tell and not self._away:
            self._settings.away_by_itself = True
            self._wanted = True
            self.jobs.start(self._tell(away=True), "tell availability")

    async def _tell(self, *, away: bool, chosen: bool = False) -> None:
        try:
            await self._calls.set_availability(SetAvailability(away=away))
        except ClientError as error:
            _log.info("The availability was not told: %s", error)
            self._wanted = None
            if chosen:
                self.refused.emit(error_text(error))
