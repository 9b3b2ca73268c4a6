"""The screen section: ask for the screen, see it, control it, keep a picture or a recording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.look.flow_layout import FlowLayout
from rescue_console.desktop.media.base import MediaEngine
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.seat import elsewhere_text
from rescue_console.desktop.words.security_code import applet_code_text, page_code_text
from rescue_console.desktop.words.status import customer_name, session_status_text
from rescue_console.desktop.workspace.screen.clipboard_exchange import ClipboardExchange
from rescue_console.desktop.workspace.screen.engine_events import EngineSignals
from rescue_console.desktop.workspace.screen.full_screen import FullScreen
from rescue_console.desktop.workspace.screen.full_screen_bar import FullScreenBar
from rescue_console.desktop.workspace.screen.picture_area import Zoom
from rescue_console.desktop.workspace.screen.recording_control import RecordingControl
from rescue_console.desktop.workspace.screen.save_dialog import save_dialog
from rescue_console.desktop.workspace.screen.steering import Steering
from rescue_console.desktop.workspace.screen.still_picture import StillPicture
from rescue_console.desktop.workspace.screen.ui_screen import Ui_ScreenPane
from rescue_console.desktop.workspace.screen.view_text import situation_text, statistics_text
from rescue_console.desktop.workspace.screen.viewing import Viewing, ViewState
from rescue_console.desktop.workspace.section.asking import consent_of, why_not_ask
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.statuses import SessionStatus

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.workspace.section.channel import Channel
    from rescue_console.desktop.workspace.section.identity import Identity
    from rescue_console.desktop.workspace.section.situation import Situation
    from rescue_console.protocol.signals import Signal as SessionSignal

STATISTICS_MS = 1_000

_NO_PICTURE = (ViewState.NOT_ASKED, ViewState.ASKED, ViewState.DENIED, ViewState.ELSEWHERE)


class ScreenPane(Pane):
    """Shows one session's screen.

    Attributes:
        viewing: Connects to the picture and keeps it coming.
        recording: Begins and ends recordings.
        clipboard: Exchanges the clipboards' texts.
        bar: The bar above the picture while it fills the monitor.
    """

    permissions = frozenset({Permission.VIEW_SCREEN})
    icon_name = "screen"

    def __init__(
        self,
        situation: Situation,
        calls: Calls,
        identity: Identity,
        channel: Channel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(situation, parent)
        self._identity = identity
        self._channel = channel
        self._notice = ""
        self._was_agreed = False
        self._hindrances: dict[Power, str] = {}
        self.ui = Ui_ScreenPane()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        # The buttons wrap, so that however many there are, the session list keeps its room.
        FlowLayout.instead_of(self.ui.barLayout, self.ui.screenLayout)
        self.viewing = Viewing(calls, self._make_engine, self.jobs, self, identity=identity)
        self.recording = RecordingControl(self.viewing, self.jobs, self)
        self._still_picture = StillPicture(situation, self.viewing, self.jobs, self)
        self.bar = FullScreenBar()
        self._full_screen = FullScreen(self.ui.scroll, self.ui.pictureLayout, self.bar, self)
        self._steering = Steering(self.ui, situation, channel, self)
        self._steering.choice.add_box(self.bar.ui.screenBox)
        self.clipboard = ClipboardExchange(self.ui.clipboardButton, situation, channel, self)
        self._figures = QTimer(self, interval=STATISTICS_MS)
        self._connect_signals()
        self.viewing.set_online(situation.online)
        self._on_session()

    async def _make_engine(self, events: EngineSignals) -> MediaEngine:
        certificate = await self._identity.certificate()
        await Jobs.in_thread(_load_engine)
        from rescue_console.desktop.media.aiortc_engine import AiortcEngine

        return AiortcEngine(certificate, events)

    def _connect_signals(self) -> None:
        ui = self.ui
        self.situation.session_changed.connect(self._on_session)
        self.situation.me_changed.connect(self._show)
        self.situation.online_changed.connect(self._on_online)
        self.viewing.changed.connect(self._show)
        self.viewing.picture_came.connect(self._take_picture)
        self._identity.page_codes.agreed.connect(self._show)
        self._channel.opened.connect(self._show)
        self._channel.closed.connect(self._show)
        self.recording.changed.connect(self._show)
        self.clipboard.said.connect(self._say)
        self._still_picture.said.connect(self._say)
        self.recording.failed.connect(self._say)
        self.recording.finished.connect(self._on_recorded)
        self._figures.timeout.connect(self._on_figures)
        self._steering.changed.connect(self._on_steering)
        self.bar.asked.connect(self.power_wanted)
        self.bar.left.connect(self._full_screen.end)
        ui.askButton.clicked.connect(lambda: self.power_wanted.emit(Power.VIEW))
        ui.retryButton.clicked.connect(self.viewing.try_again)
        ui.retryFootButton.clicked.connect(self.viewing.try_again)
        ui.stopButton.clicked.connect(lambda: self.power_dropped.emit(Power.VIEW))
        ui.area.target_changed.connect(self._on_target)
        ui.zoomBox.currentIndexChanged.connect(self._on_zoom)
        ui.fullScreenButton.clicked.connect(self._full_screen.toggle)
        ui.saveButton.clicked.connect(self._still_picture.save)
        ui.copyButton.clicked.connect(self._still_picture.copy)
        ui.recordButton.clicked.connect(self._on_record)
        ui.statisticsButton.toggled.connect(self._on_statistics)
        QShortcut(QKeySequence("F11"), self, self._full_screen.toggle)

    def at_stake(self, power: Power | None = None) -> str:
        """Return that a running recording would end; empty if only one power is given up."""
        if power is not None or self.recording.path is None:
            return ""
        return self.tr("The recording will end.")

    def title(self) -> str:
        """Return the section's name."""
        return self.tr("Screen")

    def hindrances(self) -> dict[Power, str]:
        """Return why the applet cannot control the device, once it has said so."""
        why_not = self._steering.hindrance
        return {Power.CONTROL: why_not} if why_not else {}

    # What happens

    def _on_session(self) -> None:
        session = self.situation.session
        here = self.situation.elsewhere is None
        self.viewing.set_session(session, here=here)
        if not here or consent_of(session, Power.VIEW) is not Consent.GRANTED:
            self.recording.stop()
        self._show()

    def _on_online(self) -> None:
        self.viewing.set_online(self.situation.online)
        self._show()

    def on_signal(self, signal: SessionSignal) -> None:
        """Pass the page's signals on."""
        self.viewing.on_signal(signal)

    async def aclose(self) -> None:
        """Finish a recording, end the picture, and wait for both."""
        self._full_screen.end()
        await super().aclose()
        await self.recording.finish()
        await self.viewing.aclose()

    # What is shown

    def _show(self) -> None:
        ui, situation = self.ui, self.viewing.situation
        agreed = situation.state not in _NO_PICTURE
        shown = situation.state is ViewState.SHOWN
        if self._was_agreed and not agreed:
            self._notice = ""
        self._was_agreed = agreed
        if not agreed:
            ui.area.show_picture(None)
            self._full_screen.end()
        has_picture = ui.area.picture is not None
        ui.stack.setCurrentWidget(ui.picturePage if has_picture else ui.emptyPage)
        seat = self.situation.elsewhere
        text = situation_text(situation) if seat is None else elsewhere_text(seat.computer)
        ui.emptyLabel.setText(text)
        ui.stateLabel.setText(self._notice or (text if has_picture else ""))
        ui.area.set_dimmed(not shown)
        ui.askButton.setVisible(situation.state in (ViewState.NOT_ASKED, ViewState.DENIED))
        ui.askButton.setEnabled(self.situation.online)
        ui.retryButton.setVisible(situation.may_try_again)
        ui.retryFootButton.setVisible(situation.may_try_again and has_picture)
        ui.stopButton.setVisible(agreed or situation.state is ViewState.ASKED)
        for widget in (ui.zoomBox, ui.fullScreenButton, ui.saveButton, ui.copyButton):
            widget.setEnabled(has_picture)
        ui.statisticsButton.setEnabled(agreed)
        self._show_recording(agreed=agreed and has_picture)
        ui.statisticsLabel.setVisible(ui.statisticsButton.isChecked() and has_picture)
        self._show_codes(agreed=agreed)
        self._show_bar()

    def _show_codes(self, *, agreed: bool) -> None:
        page, text = self.viewing.negotiation, ""
        if agreed:
            text = page_code_text(page.code, page_is_old=page.page_is_old)
        self.ui.codeLabel.setText(text)
        channel = self._channel
        self.ui.appletCodeLabel.setText(applet_code_text(channel.code) if channel.is_open else "")

    def _on_steering(self) -> None:
        before, self._hindrances = self._hindrances, self.hindrances()
        if self._hindrances != before:
            self.hindrances_changed.emit()
        self._show_bar()

    def _show_bar(self) -> None:
        """Show in the full-screen bar what the rest of the workspace shows elsewhere."""
        known = self._hindrances
        self.bar.show_consents(
            self.situation.session,
            {power: why_not_ask(power, self.situation, known.get(power, "")) for power in Power},
        )
        self.bar.ui.screenBox.setVisible(not self.ui.screenBox.isHidden())
        self.bar.show_states(list(filter(None, self._states())))

    def _states(self) -> Iterator[str]:
        session, viewing = self.situation.session, self.viewing.situation
        if session.status is not SessionStatus.ACTIVE:
            yield session_status_text(session, self.situation.me.id)
        if not self.situation.online:
            yield self.tr("There is no connection to your server.")
        if self.recording.path is not None:
            yield self.tr("Recording")
        yield self.ui.controlLabel.text()
        if self._notice or viewing.state is not ViewState.SHOWN:
            yield self.ui.stateLabel.text()

    def _show_recording(self, *, agreed: bool) -> None:
        button, path = self.ui.recordButton, self.recording.path
        may_record = Permission.RECORD_SCREEN in self.situation.me.permissions
        button.setChecked(path is not None)
        button.setEnabled(may_record and agreed and not self.recording.beginning)
        button.setText(self.tr("Stop recording") if path else self.tr("Record…"))
        button.setToolTip(
            self.tr("The customer is told.")
            if may_record
            else self.tr("Your group may not record screens.")
        )

    def _take_picture(self) -> None:
        engine = self.viewing.engine
        picture = engine.take_picture() if engine is not None else None
        if picture is None or self.viewing.situation.state in _NO_PICTURE:
            return
        first = self.ui.area.picture is None
        self.ui.area.show_picture(picture)
        if first:
            self._show()

    def _on_target(self, size: object) -> None:
        if self.viewing.engine is not None:
            self.viewing.engine.set_target(size)  # type: ignore[arg-type]  # a QSize or None

    def _on_zoom(self, place: int) -> None:
        self.ui.area.set_zoom(Zoom.FIT if place == 0 else Zoom.FULL_SIZE)

    # Figures

    def _on_statistics(self, on: bool) -> None:
        self.ui.statisticsLabel.setText(self.tr("Measuring…"))
        if on:
            self._figures.start()
        else:
            self._figures.stop()
        self._show()

    def _on_figures(self) -> None:
        self.jobs.start(self._read_figures(), "statistics")

    async def _read_figures(self) -> None:
        engine = self.viewing.engine
        figures = await engine.statistics() if engine is not None else None
        if figures is not None:
            self.ui.statisticsLabel.setText(statistics_text(figures))

    # Recordings

    def _on_record(self) -> None:
        self._show_recording(agreed=True)
        if self.recording.path is not None:
            self.recording.stop()
            return
        dialog = save_dialog(
            self,
            QStandardPaths.StandardLocation.MoviesLocation,
            customer_name(self.situation.session),
            ".webm",
            self.tr("Videos (*.webm)"),
        )
        dialog.fileSelected.connect(lambda name: self.recording.start(Path(name)))
        dialog.open()

    def _on_recorded(self, path: Path) -> None:
        self._say(self.tr("The recording was saved: {0}").format(path))

    def _say(self, text: str) -> None:
        self._notice = text
        self._show()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._show()


def _load_engine() -> None:
    """Load the engine; it takes half a second, so call this on a thread."""
    import rescue_console.desktop.media.aiortc_engine  # noqa: F401
