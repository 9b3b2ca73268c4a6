"""The page in the customer's browser, the only place where the screen can be shared.

It is opened each time the technician asks to see the screen while no page is open.
"""

import asyncio
from collections.abc import Callable

from rescue_console.applet.window.browser import open_page
from rescue_console.applet.window.texts import Texts
from rescue_console.network.errors import ClientError


class SharingPage:
    """Opens the page. Created and used within the loop.

    Args:
        address: Returns an address that lets the page in, a new one each time it is opened;
            blocks.
        changed: Called when ``notice`` has changed by itself.

    Attributes:
        notice: What the customer should know about the page now; usually empty.
    """

    def __init__(
        self, address: Callable[[], str], texts: Texts, changed: Callable[[], None]
    ) -> None:
        self._address = address
        self._texts = texts
        self._changed = changed
        self._opening: asyncio.Task[None] | None = None
        self.notice = ""

    def update(self, *, asked: bool, page_open: bool) -> None:
        """Open the page if the screen is asked for and no page is open.

        Args:
            asked: Whether the technician asks to see the screen.
            page_open: Whether the customer has a page open.
        """
        if not asked:
            self._opening = None
            self.notice = ""
        elif self._opening is None and not page_open:
            self._opening = asyncio.create_task(self._open())

    def open(self) -> None:
        """Open the page because the person wants it."""
        self._opening = asyncio.create_task(self._open())

    async def _open(self) -> None:
        words = await asyncio.to_thread(self._open_page)
        if self._opening is not asyncio.current_task():
            return
        self.notice = words
        self._changed()

    def _open_page(self) -> str:
        """Open the page; return the notice about it."""
        try:
            address = self._address()
        except ClientError:
            return self._texts("The server cannot be reached. Check your Internet connection.")
        if open_page(address):
            return self._texts("The page for sharing the screen was opened in your browser.")
        return self._texts(
            "No browser could be started. Open this address in one: {address}", address=address
        )
