"""Lets the loop use the clipboard, which only the window's thread may touch."""

import asyncio
import contextlib
from collections.abc import Callable

from rescue_console.applet.window.views import Order, ReadClipboard, WriteClipboard


class WindowClipboard:
    """Asks the window to read and write the clipboard. Created and used within the loop.

    Args:
        put: Gives the window something to do.
    """

    def __init__(self, put: Callable[[Order], None]) -> None:
        self._put = put
        self._loop = asyncio.get_running_loop()

    async def read(self) -> str:
        """Return the clipboard's text; empty when it holds none."""
        read: asyncio.Future[str] = self._loop.create_future()

        def finish(text: str) -> None:
            if not read.done():
                read.set_result(text)

        self._put(ReadClipboard(lambda text: self._call_in_loop(finish, text)))
        return await read

    def write(self, text: str) -> None:
        """Have the window put *text* on the clipboard soon."""
        self._put(WriteClipboard(text))

    def _call_in_loop(self, finish: Callable[[str], None], text: str) -> None:
        # The loop may have ended while the window was still reading.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(finish, text)
