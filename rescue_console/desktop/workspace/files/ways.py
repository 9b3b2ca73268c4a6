"""The two ways by which files go in one session: to the applet, and to the page without it."""

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
"""Either lets files go by the applet; the page takes only the first."""


class Ways(QObject):
    """Knows which of the two is open to files, and what is under way on both.

    Args:
        changed: Told of every change of a transfer.
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
        """What files go by at this moment: the page only as long as there is no applet."""
        return self.applet if self.applet_there else self.page

    @property
    def powers(self) -> tuple[Power, ...]:
        """Which powers let files go by ``now``; any one is enough."""
        return FILE_POWERS if self.applet_there else (Power.FILES,)

    def granted(self, *powers: Power) -> bool:
        """Tell whether the customer has granted any of *powers*."""
        session = self._situation.session
        return any(consent_of(session, power) is Consent.GRANTED for power in powers)

    def count_without(self, *dropped: Power) -> int:
        """Return how many transfers under way would be cancelled without the powers *dropped*."""
        left = [one for one in FILE_POWERS if one not in dropped]
        count = 0
        if not self.granted(*left):
            count += self.applet.exchange.count
        if Power.FILES in dropped:
            count += self.page.exchange.count
        return count

    def settle(self) -> None:
        """End what is on its way when it may no longer go."""
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
        """End every transfer; no part of a file stays behind."""
        for way in self._both:
            await way.aclose()

    def _why_not_applet(self) -> FileProblem | None:
        return None if self.granted(*FILE_POWERS) else FileProblem.NOT_ALLOWED

    def _why_not_page(self) -> FileProblem | None:
        if not self.granted(Power.FILES):
            return FileProblem.NOT_ALLOWED
        return FileProblem.APPLET if self.applet_there else None
