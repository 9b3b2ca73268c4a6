"""Everything in the applet but the window: an event loop in its own thread, told what to do."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from rescue_console.applet.arriving.arrived import Arrived, arrive_by
from rescue_console.applet.arriving.arriving import Arriving
from rescue_console.applet.arriving.options import Options
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.machine.base import Machine
from rescue_console.applet.returning.returning import forget_old
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.applet.session.helped_session import HelpedSession
from rescue_console.applet.session.surroundings import Surroundings
from rescue_console.applet.window.clipboard import WindowClipboard
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Busy, Order, Quit
from rescue_console.applet.workers import Workers
from rescue_console.protocol.powers import Power

_log = logging.getLogger(__name__)


class Engine:
    """Runs everything but the window, which it serves as its ``views.Person``.

    Args:
        put: Gives the window something to show or do; callable from any thread.
        way_back: What brings the applet back into its session after a restart; None when it
            starts afresh.
    """

    def __init__(
        self,
        options: Options,
        texts: Texts,
        own_windows: OwnWindows,
        put: Callable[[Order], None],
        machine: Machine,
        way_back: WayBack | None = None,
    ) -> None:
        self._options = options
        self._texts = texts
        self._own_windows = own_windows
        self._put = put
        self._machine = machine
        self._way_back = way_back
        self._loop = asyncio.new_event_loop()
        self._typed: asyncio.Queue[str] = asyncio.Queue()
        self._ending = asyncio.Event()
        self._session: HelpedSession | None = None

    def run(self) -> None:
        """Run until the person ends the program, then let the window close."""
        self._loop.set_default_executor(Workers())
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._live())
        except Exception:
            # Nothing can follow: ``Quit`` closes the window, which would otherwise stay open, dead.
            _log.exception("The applet has failed.")
        finally:
            self._put(Quit())

    async def _live(self) -> None:
        helping = asyncio.create_task(self._help())
        ending = asyncio.create_task(self._ending.wait())
        await asyncio.wait({helping, ending}, return_when=asyncio.FIRST_COMPLETED)
        if self._session is not None and not helping.done():
            await self._session.leave()
        helping.cancel()
        ending.cancel()
        results = await asyncio.gather(helping, ending, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result

    async def _help(self) -> None:
        arrived = await self._arrive()
        self._put(Busy(self._texts("Connecting…")))
        clipboard = WindowClipboard(self._put)
        around = Surroundings(
            self._texts,
            self._own_windows,
            self._put,
            clipboard.read,
            clipboard.write,
            self._machine,
        )
        self._session = session = HelpedSession(arrived, around, self._way_back)
        try:
            ended = await session.run()
        finally:
            self._session = None
        if self._way_back is None or session.seen:
            self._put(ended)
            await self._ending.wait()
        # Otherwise the session ended while the computer restarted, and nobody waits for the news.

    async def _arrive(self) -> Arrived:
        if self._way_back is not None:
            return await arrive_by(self._way_back)
        await asyncio.to_thread(forget_old, self._machine)
        arriving = Arriving(self._texts, self._put, self._typed.get)
        return await arriving.arrive(self._options)

    # What the person wants; called in the window's thread:

    def typed(self, text: str) -> None:
        """Pass on what was typed."""
        self._loop.call_soon_threadsafe(self._typed.put_nowait, text)

    def allow(self, power: Power, *, allowed: bool) -> None:
        """Answer the technician's request for *power*."""
        self._wish(lambda session: session.answer(power, allowed=allowed))

    def take_back(self, power: Power) -> None:
        """Take one power back before returning."""
        if self._session is not None:
            self._session.take_back(power)

    def stop(self) -> None:
        """Take every power back before returning."""
        if self._session is not None:
            self._session.stop()

    def share(self) -> None:
        """Open the page for sharing the screen, without waiting for the browser to start."""
        self._wish(HelpedSession.share)

    def send_files(self, paths: Sequence[str]) -> None:
        """Send the chosen files."""
        session = self._session
        if session is not None:
            sending = session.send_files([Path(path) for path in paths])
            asyncio.run_coroutine_threadsafe(sending, self._loop)

    def restart_now(self) -> None:
        """Restart without waiting for the end of the countdown."""
        self._wish(HelpedSession.restart_now)

    def cancel_restart(self) -> None:
        """Cancel the restart."""
        self._wish(HelpedSession.cancel_restart)

    def end(self) -> None:
        """End the session and the program."""
        self._loop.call_soon_threadsafe(self._ending.set)

    def _wish(self, wish: Callable[[HelpedSession], object]) -> None:
        """Have the loop call *wish* with the session, if there is one."""
        if (session := self._session) is not None:
            self._loop.call_soon_threadsafe(wish, session)
