"""Restarts the customer's computer: a button, a question, and the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rescue_console.desktop.look.ask import ask
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.words.restart import problem_sentence, problem_text
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.section.asking import consent_of, why_not_ask
from rescue_console.network.errors import ClientError
from rescue_console.protocol.channel import RestartEnded, RestartWanted
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.statuses import SessionStatus

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.program.jobs import Jobs
    from rescue_console.desktop.workspace.section.channel import Channel
    from rescue_console.desktop.workspace.section.situation import Situation
    from rescue_console.desktop.workspace.system.ui_system import Ui_SystemPane
    from rescue_console.protocol.answers import Session


class Restarting(QObject):
    """Asks the technician to confirm, tells the server to expect it, and the applet to do it.

    Args:
        ui: Its ``restartButton`` and ``restartMessage`` belong to this class.
        jobs: The pane's jobs.
    """

    def __init__(
        self,
        ui: Ui_SystemPane,
        situation: Situation,
        calls: Calls,
        channel: Channel,
        jobs: Jobs,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ui = ui
        self._situation = situation
        self._calls = calls
        self._channel = channel
        self._jobs = jobs
        self._number = 0
        self._asking = False
        self._under_way = False
        # Whether the applet has said that there will be no restart: its message stays readable.
        self._ended = False
        ui.restartButton.setIcon(icon("restart"))
        ui.restartButton.clicked.connect(self._on_clicked)
        situation.session_changed.connect(self._on_session)
        situation.me_changed.connect(self._show)
        situation.online_changed.connect(self._show)
        channel.opened.connect(self._show)
        channel.closed.connect(self._show)
        channel.received.connect(self._on_received)
        self._on_session()

    def _on_session(self) -> None:
        """Follow the session's status and consents."""
        session = self._situation.session
        restarts = session.status is SessionStatus.REBOOTING
        if restarts and not self._under_way:
            self._say(
                self.tr(
                    "The customer’s computer is restarting. The session goes on by itself once "
                    "they have signed in again."
                )
            )
        elif self._under_way and not restarts and not self._ended:
            # The customer's refusal may arrive before the applet reports that it cancelled, or
            # may close the channel before it can.
            denied = consent_of(session, Power.REBOOT) is Consent.DENIED
            self._say(problem_sentence(RestartProblem.CANCELLED) if denied else "", Tone.WARNING)
        self._ended = self._ended and restarts
        self._under_way = restarts
        self._show()

    def _show(self) -> None:
        """Show whether the computer can be restarted now, and if not, why not."""
        why_not = self._why_not()
        self._ui.restartButton.setEnabled(not why_not and not self._asking)
        self._ui.restartButton.setToolTip(why_not)

    def _why_not(self) -> str:
        why_not = why_not_ask(Power.REBOOT, self._situation)
        if why_not:
            return why_not
        if consent_of(self._situation.session, Power.REBOOT) is not Consent.GRANTED:
            return self.tr("Ask the customer for “Restart” first.")
        if not self._channel.is_open:
            return self.tr("Waiting for the connection to the customer’s applet.")
        return ""

    def _on_clicked(self) -> None:
        self._jobs.start(self._restart(self._situation.session), "restart the computer")

    async def _restart(self, session: Session) -> None:
        self._asking = True
        self._show()
        try:
            if await self._agreed(session):
                await self._begin(session.id)
        except ClientError as error:
            self._say(error_text(error), Tone.ERROR)
        finally:
            self._asking = False
            self._show()

    async def _agreed(self, session: Session) -> bool:
        text = self.tr(
            "The computer of {0} restarts. All programs there are closed; work that has not been "
            "saved may be lost. The customer has 10 seconds to cancel.\n\nThe session goes on by "
            "itself once the customer has signed in again."
        ).format(customer_name(session))
        title = self.tr("Restart the computer")
        return await ask(self._ui.restartButton, title, text, self.tr("Restart"))

    async def _begin(self, session_id: str) -> None:
        """Tell the server first, so that it expects a restart and not a lost connection."""
        await self._calls.restart(session_id)
        self._number += 1
        if self._channel.is_open:
            self._channel.post(RestartWanted(id=self._number))
            return
        await self._calls.drop_power(session_id, Power.REBOOT)
        self._say(self.tr("The connection to the customer’s applet was lost."), Tone.ERROR)

    def _on_received(self, message: object) -> None:
        if isinstance(message, RestartEnded) and message.id == self._number:
            self._ended = True
            self._say(problem_text(message), Tone.WARNING)

    def _say(self, text: str, tone: Tone = Tone.QUIET) -> None:
        self._ui.restartMessage.say(text, tone)
