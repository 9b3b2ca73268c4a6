"""Tells the technician about this computer, as long as the customer allows it."""

import asyncio
import logging

from rescue_console.applet.consent.duty import Duty, Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.facts.base import Facts
from rescue_console.protocol import channel
from rescue_console.protocol.channel import Fact, FromConsole
from rescue_console.protocol.powers import Power

_log = logging.getLogger(__name__)


class SystemInformation(Duty):
    """Reads the facts when asked, one reading at a time."""

    takes = frozenset({channel.SystemInformationWanted})

    def __init__(self, facts: Facts, grants: Grants, post: Post) -> None:
        self._facts = facts
        self._grants = grants
        self._post = post
        self._wanted: int | None = None
        self._reading: asyncio.Task[None] | None = None

    async def do(self, message: FromConsole) -> None:
        """Read the facts; a request that comes during a reading is answered with its result."""
        if isinstance(message, channel.SystemInformationWanted):
            # Only the latest request is answered: a console shows the facts in one place.
            self._wanted = message.id
            if self._reading is None or self._reading.done():
                self._reading = asyncio.create_task(self._read())

    async def end(self) -> None:
        """Stop reading: nobody waits for an answer any more."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        facts: list[Fact] = []
        try:
            facts = await asyncio.to_thread(self._facts.read)
        except Exception:
            _log.exception("The system's facts could not be read")
        if self._wanted is not None and self._grants.has(Power.SYSTEM_INFORMATION):
            self._post(channel.SystemInformation(id=self._wanted, facts=facts))
