"""The tab of one active session: its actions, the customer's consents, and its sections.

Once the session is over, the tab stays for reading the chat and writing notes until it is closed.
"""

import asyncio

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.actions.actions import SessionAction
from rescue_console.desktop.actions.states import ActionStates
from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.words.permission import missing_permission
from rescue_console.desktop.words.seat import elsewhere_text
from rescue_console.desktop.words.status import customer_name, session_status_text
from rescue_console.desktop.workspace.panes import Panes
from rescue_console.desktop.workspace.power_changes import PowerChanges
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.taking_over import TakingOver
from rescue_console.desktop.workspace.ui_tab import Ui_WorkspaceTab
from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import Power
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.statuses import is_over

TITLE_MAX = 30
"""The most characters of a name in a tab's label."""


class WorkspaceTab(QWidget):
    """Shows one session and passes what happens in it on to its sections.

    Signals:
        chosen: A ``SessionAction`` was chosen for this ``Session``.
        changed: The server's answer: the session as it is now.
        detach_requested: The technician wants the workspace in its own window, or back from it.
        badge_changed: Something new waits to be seen, or no longer does.
        attention_wanted: Something waits for the technician, wherever they look.
        let_go: The session is over, and the technician is done with it.
        failed: Something happened that is a fault of this program, already logged.
    """

    chosen = Signal(object, object)
    changed = Signal(object)
    detach_requested = Signal()
    badge_changed = Signal()
    attention_wanted = Signal()
    let_go = Signal()
    failed = Signal(object)

    def __init__(
        self,
        situation: Situation,
        cells: SessionCells,
        calls: Calls,
        panes: Panes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._situation = situation
        situation.setParent(self)
        self._detached = False
        self._cells = cells
        self._panes = panes
        self._ending: asyncio.Task[None] | None = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.ui = Ui_WorkspaceTab()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.setFocusProxy(self.ui.sections.tabBar())
        self._powers = PowerChanges(situation, calls, panes, self.jobs, self)
        self._powers.changed.connect(self.changed)
        self._powers.refused.connect(lambda why: self.ui.message.say(why, Tone.ERROR))
        self._taking_over = TakingOver(self.ui.elsewhereBanner, situation, calls, self.jobs, self)
        self._taking_over.changed.connect(self.changed)
        self._taking_over.refused.connect(lambda why: self.ui.message.say(why, Tone.ERROR))
        self._states = self._make_actions()
        self._states.chosen.connect(self._on_chosen)
        self.ui.detachButton.clicked.connect(self.detach_requested)
        self.ui.detachButton.setIcon(icon("detach"))
        self.ui.overBanner.pressed.connect(self.let_go)
        self.ui.consentBar.asked.connect(self._powers.ask)
        self.ui.consentBar.dropped.connect(self._powers.drop)
        self.ui.sections.currentChanged.connect(self._on_section)
        for pane in panes.items:
            self._add(pane)
        self._name_buttons()
        self._name_sections()
        if self.is_over:
            self._end_help()
        situation.session_changed.connect(self._show)
        situation.me_changed.connect(self._show)
        situation.online_changed.connect(self._show)
        self._show()

    @property
    def session(self) -> Session:
        """The session's newest state."""
        return self._situation.session

    @property
    def panes(self) -> list[Pane]:
        """The sections, in the order in which they are shown."""
        return self._panes.items

    @property
    def is_over(self) -> bool:
        """Whether the session has ended."""
        return is_over(self.session.status)

    @property
    def title(self) -> str:
        """The customer's name, how long the session has had its status, and how much is new.

        For a session that is over, it says how it ended instead of how long.
        """
        # An ampersand would underline the next letter.
        name = customer_name(self.session).replace("&", "&&")
        shown = name if len(name) <= TITLE_MAX else name[: TITLE_MAX - 1] + "…"
        new = self.badge
        badge = f"  ({new})" if new else ""
        state = self._cells.time_in_status(self.session)
        if self.is_over:
            state = session_status_text(self.session, self._situation.me.id)
        return f"{shown}  {state}{badge}"

    @property
    def badge(self) -> int:
        """How many new things in all sections have not been seen yet."""
        return sum(pane.badge() for pane in self.panes)

    def at_stake(self, power: Power | None = None) -> str:
        """Return what losing *power*, or every power if ``None``, would break off, in words.

        Empty if it would break off nothing.
        """
        return self._panes.at_stake(power)

    # What happens

    def update_session(self, session: Session) -> None:
        """Show a newer state of the session."""
        if is_over(session.status):
            self._end_help()
        self._situation.update(session)

    def on_signal(self, signal: SessionSignal) -> None:
        """Pass on a signal from the customer's side."""
        for pane in self._panes.open:
            pane.on_signal(signal)

    def tick(self) -> None:
        """Update the time that the session has had its status."""
        status = session_status_text(self.session, self._situation.me.id)
        time = self._cells.time_in_status(self.session)
        self.ui.nameLabel.setText(f"{customer_name(self.session)} – {status}, {time}")

    def set_detached(self, detached: bool) -> None:
        """Set whether the workspace is in its own window."""
        self._detached = detached
        self._name_buttons()

    async def aclose(self) -> None:
        """End everything that runs for the session here; the tab can be deleted afterwards."""
        ended = self._end_help()
        self._situation.end()
        for pane in self._panes.open:
            pane.close()
        # Closing the jobs would cancel the ending halfway.
        await asyncio.wait([ended])
        await self.jobs.aclose()
        for pane in self._panes.open:
            await pane.aclose()

    def _end_help(self) -> asyncio.Task[None]:
        """Close, once, the sections that need the customer, and what they share."""
        if self._ending is None:
            self._panes.helping.end()
            passing = [pane for pane in self.panes if not pane.lasts]
            focus = self.window().focusWidget()
            for pane in passing:
                if focus is not None and pane.isAncestorOf(focus):
                    self.ui.sections.tabBar().setFocus()
                pane.close()
            self._ending = self.jobs.start(self._aclose_passing(passing), "end the help")
        return self._ending

    async def _aclose_passing(self, passing: list[Pane]) -> None:
        for pane in passing:
            await pane.aclose()
        for close in reversed(self._panes.closings):
            await close()

    # Sections

    def _add(self, pane: Pane) -> None:
        pane.failed.connect(self.failed)
        pane.power_wanted.connect(self._powers.ask)
        pane.power_dropped.connect(self._powers.drop)
        pane.hindrances_changed.connect(self._show)
        pane.badge_changed.connect(self._name_sections)
        pane.badge_changed.connect(self.badge_changed)
        pane.attention_wanted.connect(self.attention_wanted)
        pane.shown_wanted.connect(lambda: self.ui.sections.setCurrentWidget(pane))
        self.ui.sections.addTab(pane, icon(pane.icon_name), pane.title())

    def _name_sections(self) -> None:
        for place, pane in enumerate(self.panes):
            new = pane.badge()
            text = f"{pane.title()} ({new})" if new else pane.title()
            if self.ui.sections.tabText(place) != text:
                self.ui.sections.setTabText(place, text)

    def _enable_sections(self) -> None:
        permissions = set(self._situation.me.permissions)
        seat = self._situation.elsewhere
        for place, pane in enumerate(self.panes):
            reason = ""
            if pane not in self._panes.open:
                reason = self.tr("This session is over.")
            elif seat is not None and not pane.lasts:
                reason = elsewhere_text(seat.computer)
            elif pane.permissions and not pane.permissions & permissions:
                reason = missing_permission(*sorted(pane.permissions))
            self.ui.sections.setTabEnabled(place, not reason)
            self.ui.sections.setTabToolTip(place, reason)

    def _on_section(self, place: int) -> None:
        if 0 <= place < len(self.panes):
            self.panes[place].on_shown()

    # The head

    def _make_actions(self) -> ActionStates:
        buttons = {
            SessionAction.HOLD: self.ui.holdButton,
            SessionAction.TRANSFER: self.ui.transferButton,
            SessionAction.CLOSE: self.ui.closeButton,
        }
        for action, button in buttons.items():
            button.setDefaultAction(QAction(icon(action.name.lower()), "", self))
        return ActionStates({name: b.defaultAction() for name, b in buttons.items()}, self)

    def _on_chosen(self, action: SessionAction) -> None:
        self.chosen.emit(action, self.session)

    def _show(self) -> None:
        situation = self._situation
        self._states.show(situation.session, situation.me, online=situation.online)
        hindrances = {power: why for pane in self.panes for power, why in pane.hindrances().items()}
        self.ui.consentBar.show_consents(situation, hindrances)
        self._show_over()
        self._enable_sections()
        self.tick()

    def _show_over(self) -> None:
        """Once the session is over, say how it ended in place of the buttons and consents."""
        ui = self.ui
        for widget in (ui.holdButton, ui.transferButton, ui.closeButton, ui.consentBar):
            widget.setHidden(self.is_over)
        if self._situation.elsewhere is not None:
            ui.consentBar.hide()
        self._taking_over.show()
        text = ""
        if self.is_over:
            text = self.tr(
                "{0}. The chat can still be read and saved, and the notes changed, until you close "
                "this tab."
            ).format(session_status_text(self.session, self._situation.me.id))
        ui.overBanner.say(text, self.tr("Close tab"))

    def _name_buttons(self) -> None:
        self.ui.holdButton.defaultAction().setText(self.tr("Hold"))
        self.ui.transferButton.defaultAction().setText(self.tr("Transfer"))
        self.ui.closeButton.defaultAction().setText(self.tr("Close"))
        detach = self.tr("Back into the main window") if self._detached else self.tr("Own window")
        self.ui.detachButton.setToolTip(detach)
        self.ui.detachButton.setAccessibleName(detach)

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self._name_buttons()
        self._name_sections()
        self._show()
