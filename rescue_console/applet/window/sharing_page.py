"""The page in the customer's browser, the only place where the screen can be shared.

It is opened each time the technician asks to see the screen while no page is open.
"""

import asyncio
from collections.abc import Callable

from rescue_console.applet.window.browser import open_page
from rescue_console.applet.window.texts import Texts


class SharingPage:
    """Opens the page. Created and used within the loop.

    Args:
        url: The page's address, the link of the session.
        changed: Called when ``notice`` has changed by itself.

    Attributes:
        notice: What the customer should know about the page now; usually empty.
    """

    def __init__(self, url: str, texts: Texts, changed: Callable[[], None]) -> None:
        self._url = url
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
        """Open the page because the person wants it; may be called from any thread."""
        open_page(self._url)

    async def _open(self) -> None:
        opened = await asyncio.to_thread(open_page, self._url)
        if self._opening is not asyncio.current_task():
            return
        self.notice = self._words(opened)
        self._changed()

    def _words(self, opened: bool) -> str:
        if opened:
            return self._texts("The page for sharing the screen was opened in your browser.")
        return self._texts("No browser could be started. Open the link that you received again.")
