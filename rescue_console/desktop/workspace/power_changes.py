"""Asks the customer for a power, or gives one up, when a button in the workspace is pressed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.look.ask import ask
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.words.power import power_text
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.panes import Panes
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.network.errors import ClientError
from rescue_console.protocol.powers import Power


class PowerChanges(QObject):
    """Changes powers, and asks the technician first if that would break something off.

    Signals:
        changed: The server's answer: the session as it is now.
        refused: Why a change failed, in words; empty once one has succeeded.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        situation: Situation,
        calls: Calls,
        panes: Panes,
        jobs: Jobs,
        workspace: QWidget,
    ) -> None:
        super().__init__(workspace)
        self._situation = situation
        self._calls = calls
        self._panes = panes
        self._jobs = jobs

    def ask(self, power: Power) -> None:
        """Have the customer asked for *power*."""
        self._jobs.start(self._change(power, wanted=True), "ask for a power")

    def drop(self, power: Power) -> None:
        """Give *power* up; if that would break something off, ask the technician first."""
        self._jobs.start(self._drop_if_confirmed(power), "drop a power")

    async def _drop_if_confirmed(self, power: Power) -> None:
        workspace = self.parent()
        assert isinstance(workspace, QWidget)
        stake, give_up = self._panes.at_stake(power), self.tr("Give up")
        text = f"{customer_name(self._situation.session)}\n{stake}"
        if not stake or await ask(workspace, power_text(power), text, give_up):
            await self._change(power, wanted=False)

    async def _change(self, power: Power, *, wanted: bool) -> None:
        call = self._calls.ask_power if wanted else self._calls.drop_power
        try:
            session = await call(self._situation.session.id, power)
        except ClientError as error:
            self.refused.emit(error_text(error))
            return
        self.refused.emit("")
        self.changed.emit(session)
