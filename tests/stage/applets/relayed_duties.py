"""An applet's duties behind a real server's relay, with a console at the other end."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rescue_console.applet.consent.duty import Duty
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folders import Folders
from rescue_console.applet.duties.system_information import SystemInformation
from rescue_console.applet.facts.opening import open_facts
from rescue_console.applet.link.console_channel import ConsoleChannel
from rescue_console.network.server_address import read_address
from rescue_console.peer.relay import RelayRoute
from rescue_console.protocol.powers import Power
from tests.stage.applets.granting import grant
from tests.stage.applets.relay_end import RelayEnd, arrange
from tests.stage.servers.rescue_server import RealServer


@dataclass
class Helped:
    """Both ends of a session.

    Attributes:
        downloads: The folder where the applet puts the files that it receives.
    """

    console: RelayEnd
    grants: Grants
    files: Files
    downloads: Path

    def grant(self, powers: Iterable[Power]) -> None:
        """Set the grants as if the customer had granted exactly these *powers*."""
        grant(self.grants, powers)


@asynccontextmanager
async def helped(server: RealServer, folder: Path, *powers: Power) -> AsyncIterator[Helped]:
    """Bring both ends together, with *powers* granted."""
    meeting = arrange(server, folder)

    async def introduce() -> dict[str, str]:
        return {"applet_token": meeting.applet_token}

    route = RelayRoute(
        server=read_address(meeting.url), session_id=meeting.session_id, introduce=introduce
    )

    def power_ended(power: Power) -> None:
        for duty in duties:
            duty.power_ended(power)

    grants = Grants(power_ended)
    channel = ConsoleChannel(route, grants, list, lambda: None)
    downloads = folder / "downloads"
    files = Files(grants, channel.post, channel.send, folder=lambda: downloads)
    duties: list[Duty] = [
        files,
        Folders(grants, channel.post, files),
        SystemInformation(open_facts(), grants, channel.post),
    ]
    channel.employ(duties)
    async with RelayEnd(meeting, folder / "console", console=True).open() as console:
        ends = Helped(console, grants, files, downloads)
        ends.grant(powers)
        await channel.open(meeting.fingerprint)
        await console.until(lambda: console.met > 0)
        try:
            yield ends
        finally:
            await channel.close()
            await files.aclose()
