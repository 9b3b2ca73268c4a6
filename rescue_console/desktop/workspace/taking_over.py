"""Says at which other console the technician helps in a session, and goes on here if they want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.words.seat import elsewhere_text
from rescue_console.network.errors import ClientError, Refused
from rescue_console.protocol.requests import TakeSeat

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.look.banner import Banner
    from rescue_console.desktop.program.jobs import Jobs
    from rescue_console.desktop.workspace.section.situation import Situation


class TakingOver(QObject):
    """The banner of one workspace that offers to take the session over from another console.

    A console that has just opened the session asks the server once whether the other one is still
    there: it may be this program before it was closed.

    Signals:
        changed: The server's answer: the session as it is now.
        refused: Why it could not be taken over, in words; empty once it has been.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(
        self, banner: Banner, situation: Situation, calls: Calls, jobs: Jobs, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._banner = banner
        self._situation = situation
        self._calls = calls
        self._jobs = jobs
        banner.pressed.connect(self._take_over)
        if situation.elsewhere is not None:
            jobs.start(self._take(TakeSeat()), "ask whether the other console is still there")

    def show(self) -> None:
        """Show the banner, or hide it while the technician helps here."""
        seat, text = self._situation.elsewhere, ""
        if seat is not None:
            what = self.tr(
                "The picture, the files and the applet are connected there; if you continue here, "
                "what is running there ends."
            )
            text = f"{elsewhere_text(seat.computer)} {what}"
        self._banner.say(text, self.tr("&Continue here"))
        self._banner.ui.button.setEnabled(self._situation.online)

    def _take_over(self) -> None:
        self._jobs.start(self._take(TakeSeat(take_over=True)), "take a session over")

    async def _take(self, request: TakeSeat) -> None:
        try:
            session = await self._calls.take_seat(self._situation.session.id, request)
        except ClientError as error:
            # Asked without being told to, only the banner says that the other console is there.
            if request.take_over or not isinstance(error, Refused):
                self.refused.emit(error_text(error))
            return
        self.refused.emit("")
        self.changed.emit(session)
