"""The page in the customer's browser, on which alone the screen can be shared.

It is opened once for each time that the technician asks to see the screen while no page is open.
"""

import asyncio
from collections.abc import Callable

from rescue_console.applet.window.browser import open_page
from rescue_console.applet.window.texts import Texts
from rescue_console.network.errors import ClientError


class SharingPage:
    """Opens the page. Made and used within the loop.

    Args:
        address: Returns where the page comes in, anew for each time that it is opened: blocks.
        changed: Called when ``notice`` has changed by itself.

    Attributes:
        notice: What the customer should know of it now; mostly empty.
    """

    def __init__(
        self, address: Callable[[], str], texts: Texts, changed: Callable[[], None]
    ) -> None:
        self._address = address
        self._texts = texts
        self._changed = changed
        self._opening: asyncio.Task[None] | None = None
        self.notice = ""

    def told(self, *, asked: bool, page_open: bool) -> None:
        """Take over whether the screen is asked for, and whether a page is open to show it on."""
        if not asked:
            self._opening = None
            self.notice = ""
        elif self._opening is None and not page_open:
            self._opening = asyncio.create_task(self._open())

    def open(self) -> None:
        """Open the page, as the person wants."""
        self._opening = asyncio.create_task(self._open())

    async def _open(self) -> None:
        words = await asyncio.to_thread(self._open_page)
        if self._opening is not asyncio.current_task():
            return
        self.notice = words
        self._changed()

    def _open_page(self) -> str:
        """Open the page; return what has come of it."""
        try:
            address = self._address()
        except ClientError:
            return self._texts("The server cannot be reached. Check your Internet connection.")
        if open_page(address):
            return self._texts("The page for sharing the screen was opened in your browser.")
        return self._texts(
            "No browser could be started. Open this address in one: {address}", address=address
        )
