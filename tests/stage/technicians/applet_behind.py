"""The applet's own duties at the other end of a pane's channel, in the same loop."""

import asyncio
import gc
from pathlib import Path

from rescue_console.applet.consent.duty import POWERS_FOR, Duty
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folders import Folders
from rescue_console.applet.duties.system_information import SystemInformation
from rescue_console.applet.facts.opening import open_facts
from rescue_console.protocol.channel import Message
from rescue_console.protocol.powers import Power
from tests.stage.applets.granting import grant
from tests.stage.technicians.open_channel import OpenChannel


class AppletBehind:
    """An applet that receives what the channel sends, with all powers granted.

    Attributes:
        downloads: The folder where it puts the files that it receives.
    """

    def __init__(
        self, channel: OpenChannel, loop: asyncio.AbstractEventLoop, downloads: Path
    ) -> None:
        # Loops of earlier tests hold timers; they must not be freed by a thread of this test.
        gc.collect()
        self._channel = channel
        self._loop = loop
        self.downloads = downloads
        self.grants = Grants(lambda power: None)
        grant(self.grants, Power)
        self.files = Files(self.grants, self._post, self._send, folder=lambda: downloads)
        self._duties: list[Duty] = [
            self.files,
            Folders(self.grants, self._post, self.files),
            SystemInformation(open_facts(), self.grants, self._post),
        ]
        channel.on_sent = self._receive

    def come(self) -> None:
        """Start the duties and open the channel."""
        for duty in self._duties:
            self._loop.create_task(duty.begin())
        self._channel.open()

    def send(self, path: Path) -> None:
        """Let the customer send a file."""
        self._loop.create_task(self.files.send([path]))

    def _receive(self, message: Message) -> None:
        if self.grants.has_any(POWERS_FOR[type(message)]):
            for duty in self._duties:
                if type(message) in duty.takes:
                    self._loop.create_task(duty.do(message))  # type: ignore[arg-type]  # it is from a console

    def _post(self, message: Message) -> None:
        self._loop.call_soon(self._channel.received.emit, message)

    async def _send(self, message: Message) -> None:
        self._post(message)
        await asyncio.sleep(0)
