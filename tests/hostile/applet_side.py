"""The applet's duties behind its own channel; what they do is recorded instead of done."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from rescue_console.applet.consent.duty import Duty
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.duties.clipboard import Clipboard
from rescue_console.applet.duties.control import Control
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folders import Folders
from rescue_console.applet.duties.restart import Restart
from rescue_console.applet.duties.system_information import SystemInformation
from rescue_console.applet.facts.opening import open_facts
from rescue_console.applet.link.console_channel import ConsoleChannel
from rescue_console.applet.machine.base import Machine
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.network.server_address import read_address
from rescue_console.peer.relay import RelayRoute
from rescue_console.protocol.channel import Message
from rescue_console.protocol.powers import Power
from tests.stage.applets.granting import grant
from tests.stage.applets.written_down import SCREENS, WrittenDown


class AppletSide:
    """An applet without a window, a server or a way to restart.

    Attributes:
        done: The powers that were used, in order.
        posted: The applet's answers.
        downloads: Where received files go.
    """

    def __init__(self, folder: Path, machine: Machine) -> None:
        self.done: list[str] = []
        self.posted: list[Message] = []
        self.downloads = folder / "downloads"
        self.grants = Grants(self._power_ended)
        self.device = WrittenDown(self.done)
        self.channel = _channel(self.grants)
        self.files = Files(self.grants, self._post, self._send, folder=lambda: self.downloads)
        self.restart = Restart(
            machine, self.grants, self._post, _nowhere, lambda: None, lambda problem, detail: None
        )
        self.control = Control(self.device, self.grants, OwnWindows(), self._post)
        self._duties: list[Duty] = [
            Clipboard(self._read_clipboard, self._write_clipboard, self.grants, self._post),
            self.files,
            Folders(self.grants, self._post, self.files),
            SystemInformation(open_facts(), self.grants, self._post),
            self.restart,
            self.control,
        ]
        self.channel.employ(self._duties)

    def grant(self, powers: Iterable[Power]) -> None:
        """Have the customer grant exactly *powers*."""
        grant(self.grants, powers)

    async def hear(self, message: Message) -> None:
        """Hand over *message* as if it came from the console, already decoded."""
        await self.channel._hand_out(message)  # type: ignore[arg-type]

    async def begin(self) -> None:
        """Start the duties, as when the channel opens."""
        for duty in self._duties:
            await duty.begin()

    async def aclose(self) -> None:
        """End the duties and all their transfers."""
        self.grants.update({})
        for duty in self._duties:
            await duty.end()
        await self.restart.aclose()
        await self.files.aclose()

    def _power_ended(self, power: Power) -> None:
        for duty in self._duties:
            duty.power_ended(power)

    def _post(self, message: Message) -> None:
        self.posted.append(message)

    async def _send(self, message: Message) -> None:
        self.posted.append(message)
        await asyncio.sleep(0)

    async def _read_clipboard(self) -> str:
        # The duty may read the clipboard at any time, but sends it only if that is granted.
        return "a secret"

    def _write_clipboard(self, text: str) -> None:
        self.done.append("clipboard")


def _channel(grants: Grants) -> ConsoleChannel:
    route = RelayRoute(
        server=read_address("http://127.0.0.1:9"), session_id="none", introduce=_introduce
    )
    return ConsoleChannel(route, grants, lambda: SCREENS, lambda: None)


async def _introduce() -> dict[str, str]:
    return {}


def _nowhere() -> WayBack:
    raise AssertionError("nothing may be restarted")
