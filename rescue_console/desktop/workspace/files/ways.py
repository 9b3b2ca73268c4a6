"""The two ways for files in one session: to the applet, or to the page when there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rescue_console.desktop.workspace.files.page_reception import PageReception
from rescue_console.desktop.workspace.files.way import Way
from rescue_console.desktop.workspace.section.asking import consent_of
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.powers import Consent, Power

if TYPE_CHECKING:
    from rescue_console.desktop.program.jobs import Jobs
    from rescue_console.desktop.workspace.files.page_link import PageLink
    from rescue_console.desktop.workspace.section.channel import Channel
    from rescue_console.desktop.workspace.section.situation import Situation
    from rescue_console.peer.files.reception import Reception
    from rescue_console.peer.files.transfer import Transfer

FILE_POWERS = (Power.FILES, Power.FILE_MANAGER)
"""Either lets files go through the applet; through the page, only the first does."""


class Ways(QObject):
    """Knows which of the two ways files go now, and the transfers under way on both.

    Args:
        changed: Called after every change of a transfer.
    """

    def __init__(
        self,
        situation: Situation,
        channel: Channel,
        page_link: PageLink,
        reception: Reception,
        changed: Callable[[Transfer], None],
        jobs: Jobs,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._situation = situation
        of_page = PageReception(reception)
        self.applet = Way(channel, reception, self._why_not_applet, changed, jobs, self)
        self.page = Way(page_link, of_page, self._why_not_page, changed, jobs, self)
        self._both = (self.applet, self.page)
        page_link.reloaded.connect(self.page.exchange.cancel_incoming)

    @property
    def applet_there(self) -> bool:
        """Whether the customer's side is an applet."""
        return self._situation.session.applet

    @property
    def now(self) -> Way:
        """The way that files go at the moment: through the page only while there is no applet."""
        return self.applet if self.applet_there else self.page

    @property
    def powers(self) -> tuple[Power, ...]:
        """The powers that let files go the way ``now``; any one is enough."""
        return FILE_POWERS if self.applet_there else (Power.FILES,)

    def granted(self, *powers: Power) -> bool:
        """Tell whether the customer has granted any of *powers*."""
        session = self._situation.session
        return any(consent_of(session, power) is Consent.GRANTED for power in powers)

    def count_without(self, *dropped: Power) -> int:
        """Return how many transfers under way would be cancelled without the powers *dropped*."""
        left = [power for power in FILE_POWERS if power not in dropped]
        count = 0
        if not self.granted(*left):
            count += self.applet.exchange.count
        if Power.FILES in dropped:
            count += self.page.exchange.count
        return count

    def settle(self) -> None:
        """End the transfers under way that are no longer allowed."""
        for way in self._both:
            way.settle()

    def cancel(self, transfer: Transfer) -> None:
        """End one transfer, whichever way it goes."""
        for way in self._both:
            way.exchange.cancel(transfer)

    def cancel_all(self) -> None:
        """End every transfer."""
        for way in self._both:
            way.exchange.cancel_all()

    async def aclose(self) -> None:
        """End every transfer; no partial file is left behind."""
        for way in self._both:
            await way.aclose()

    def _why_not_applet(self) -> FileProblem | None:
        return None if self.granted(*FILE_POWERS) else FileProblem.NOT_ALLOWED

    def _why_not_page(self) -> FileProblem | None:
        if not self.granted(Power.FILES):
            return FileProblem.NOT_ALLOWED
        return FileProblem.APPLET if self.applet_there else None
