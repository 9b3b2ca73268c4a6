"""Restarts the computer for the technician, and sees to it that the applet comes back by itself.

The customer has granted the restart, and can still cancel it during the countdown. Then the way
back is prepared, and only after that is the system asked to restart. It then ends the applet as it
ends every program, so nothing after that point can count on running.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from rescue_console.applet.consent.duty import Duty, Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.machine.base import Machine, RestartRefused
from rescue_console.applet.returning.returning import NoWayBack, Returning, new_name, own_program
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.protocol import channel
from rescue_console.protocol.channel import FromConsole
from rescue_console.protocol.powers import Power
from rescue_console.protocol.restart import DETAIL_MAX, RestartProblem

COUNTDOWN_S = 10

STILL_RUNNING_AFTER_S = 240.0
"""How long a system that has agreed may take to end the applet: programs may ask to save first.

This is less than the five minutes after which the server marks the session as offline.
"""


class _TakenBack(Exception):
    """The power ended between the countdown and the restart."""


class Restart(Duty):
    """Counts down and restarts, one restart at a time.

    Args:
        way_back: Returns what the applet must know to come back; called from any thread.
        changed: Called when ``seconds`` has changed.
        ended: Called when the restart does not happen, with the reason and the system's words.

    Attributes:
        seconds: Seconds until the restart; 0 = it is under way; None = there is none.
    """

    takes = frozenset({channel.RestartWanted})

    def __init__(
        self,
        machine: Machine,
        grants: Grants,
        post: Post,
        way_back: Callable[[], WayBack],
        changed: Callable[[], None],
        ended: Callable[[RestartProblem, str], None],
    ) -> None:
        self._machine = machine
        self._grants = grants
        self._post = post
        self._way_back = way_back
        self._changed = changed
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._hurry = asyncio.Event()
        self._asked = 0
        self._restarting: asyncio.Task[None] | None = None
        self._returning: Returning | None = None
        self.seconds: int | None = None

    async def do(self, message: FromConsole) -> None:
        """Start the countdown, unless a restart is already under way."""
        if isinstance(message, channel.RestartWanted) and self.seconds is None:
            self._asked = message.id
            self._hurry.clear()
            self._show(COUNTDOWN_S)
            self._restarting = asyncio.create_task(self._restart())

    def power_ended(self, power: Power) -> None:
        """Call the restart off; if it is under way, the applet comes back without *power*."""
        if power is Power.REBOOT:
            self._loop.call_soon_threadsafe(self.call_off, RestartProblem.TAKEN_BACK)
        if self._returning is not None:
            with suppress(OSError):
                self._returning.keep(self._way_back())

    def hurry(self) -> None:
        """Restart without waiting for the end of the countdown."""
        self._hurry.set()

    def call_off(self, problem: RestartProblem) -> None:
        """End the countdown without a restart; too late once it is over."""
        if self.seconds and self._restarting is not None:
            self._restarting.cancel()
            self._stay(problem, "")

    async def aclose(self) -> None:
        """End the countdown and remove the way back: the session is over."""
        if self._restarting is not None:
            self._restarting.cancel()
            await asyncio.gather(self._restarting, return_exceptions=True)
        await self._forget()

    async def _restart(self) -> None:
        await self._count_down()
        self._show(0)
        try:
            await self._go()
            problem, detail = RestartProblem.STILL_RUNNING, ""
        except NoWayBack as error:
            problem, detail = RestartProblem.NO_WAY_BACK, str(error)
        except RestartRefused as error:
            problem, detail = RestartProblem.REFUSED, str(error)
        except _TakenBack:
            problem, detail = RestartProblem.TAKEN_BACK, ""
        await self._forget()
        self._stay(problem, detail[:DETAIL_MAX])

    async def _count_down(self) -> None:
        for left in range(COUNTDOWN_S, 0, -1):
            self._show(left)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), 1)
                return

    async def _go(self) -> None:
        """Restart; return only if the computer is still running long afterwards.

        Raises:
            NoWayBack, RestartRefused, _TakenBack: the computer does not restart.
        """
        self._returning = Returning(self._machine, new_name(), own_program())
        await asyncio.to_thread(self._returning.prepare, self._way_back())
        await asyncio.to_thread(self._ask_system)
        await asyncio.sleep(STILL_RUNNING_AFTER_S)

    def _ask_system(self) -> None:
        if not self._grants.has(Power.REBOOT):
            raise _TakenBack
        self._machine.restart()

    async def _forget(self) -> None:
        returning, self._returning = self._returning, None
        if returning is not None:
            await asyncio.to_thread(returning.forget)

    def _stay(self, problem: RestartProblem, detail: str) -> None:
        self._post(channel.RestartEnded(id=self._asked, problem=problem, detail=detail))
        self.seconds = None
        self._ended(problem, detail)

    def _show(self, seconds: int) -> None:
        self.seconds = seconds
        self._changed()
