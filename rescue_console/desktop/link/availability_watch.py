"""Tells the server when the technician goes away, by choice or by inactivity, and comes back."""

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
"""After this long without input in the console's own windows, the technician is away."""

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
    """Watches for input, and tells the server whether the technician is away.

    If the technician chose to be away, they stay away until they choose otherwise. If they are away
    by inactivity, the next input ends it, even after the console has been started again.

    Signals:
        refused: Why the person's choice was not carried out, in words.
        failed: A fault of this program occurred; it has already been logged.
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
        """What the server has been asked to set and has not confirmed yet; ``None`` = nothing."""
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
        """Follow whether the technician is away according to the server."""
        was_away, self._away = self._away, self._standing.me.away
        if was_away and not self._away:
            self._settings.away_by_itself = False
        if self._away == self._wanted:
            self._wanted = None
        if self.idle.isActive():
            # There was input in the meantime, or the console has just been opened.
            self._come_back()

    def _on_online(self) -> None:
        """Report inactivity that began while there was no connection."""
        if self._standing.online and not self.idle.isActive():
            self._on_idle()

    def choose(self, away: bool) -> None:
        """Set the technician away or online, as they chose."""
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
            # Not on the whole application, or every event would pass through here.
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
            _log.info("The availability could not be reported: %s", error)
            self._wanted = None
            if chosen:
                self.refused.emit(error_text(error))
