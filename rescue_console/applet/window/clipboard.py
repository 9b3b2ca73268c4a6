"""The window's clipboard as the loop uses it: the window alone may touch it, in its own thread."""

import asyncio
import contextlib
from collections.abc import Callable

from rescue_console.applet.window.views import Order, ReadClipboard, WriteClipboard


class WindowClipboard:
    """Asks the window to read and write. Made and used within the loop.

    Args:
        put: Gives the window something to do.
    """

    def __init__(self, put: Callable[[Order], None]) -> None:
        self._put = put
        self._loop = asyncio.get_running_loop()

    async def read(self) -> str:
        """Return the clipboard's text, empty when it holds none."""
        read: asyncio.Future[str] = self._loop.create_future()

        def take(text: str) -> None:
            if not read.done():
                read.set_result(text)

        self._put(ReadClipboard(lambda text: self._tell(take, text)))
        return await read

    def write(self, text: str) -> None:
        """Put *text* there soon."""
        self._put(WriteClipboard(text))

    def _tell(self, take: Callable[[str], None], text: str) -> None:
        # The loop may have ended while the window was still reading.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(take, text)
