"""Puts the parts of one session together: duties, channel, connection, page for the screen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from rescue_console.applet.arriving.arrived import Arrived
from rescue_console.applet.arriving.joining import page_address, reaches
from rescue_console.applet.consent.duty import Duty
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.duties import make_duties
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.hands import Hands
from rescue_console.applet.duties.restart import Restart
from rescue_console.applet.link.console_channel import ConsoleChannel
from rescue_console.applet.link.live import Live
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.applet.session.surroundings import Surroundings
from rescue_console.applet.window.sharing_page import SharingPage
from rescue_console.peer.files.transfer import Transfer
from rescue_console.peer.relay import RelayRoute
from rescue_console.protocol.restart import RestartProblem


class Owner(Protocol):
    """The owner of the parts, as far as they call it."""

    def stop(self) -> None:
        """Take every power back: the customer has pressed the stop keys. For any thread."""

    def refresh(self) -> None:
        """Show the session again: something about a part has changed."""

    def transferred(self, transfer: Transfer) -> None:
        """Show a transfer that has moved on or ended."""

    def restart_ended(self, problem: RestartProblem, detail: str) -> None:
        """Report that the restart does not happen, and why."""

    def way_back(self) -> WayBack:
        """Return what the applet must know to come back; from any thread."""


@dataclass(frozen=True)
class Parts:
    """The parts that the session uses; ``duties`` are all that serve the technician."""

    live: Live
    channel: ConsoleChannel
    sharing: SharingPage
    hands: Hands
    files: Files
    restart: Restart
    duties: list[Duty]


def make_parts(
    owner: Owner, arrived: Arrived, around: Surroundings, grants: Grants, *, returned: bool
) -> Parts:
    """Make the parts in the order in which they need each other; call it within the loop.

    Args:
        returned: Whether the applet is back after a restart.
    """
    token, language = arrived.joined.token, around.texts.language
    live = Live(
        arrived.server,
        token,
        language,
        arrived.tls,
        returned=returned,
        reaches=partial(reaches, arrived.server, arrived.tls),
    )
    channel = ConsoleChannel(_route(arrived), grants, lambda: hands.screens(), owner.refresh)
    sharing = SharingPage(_page_address(arrived), around.texts, owner.refresh)
    hands = Hands(grants, around.own_windows, channel.post, owner.stop)
    files = Files(grants, channel.post, channel.send, owner.transferred)
    restart = Restart(
        around.machine, grants, channel.post, owner.way_back, owner.refresh, owner.restart_ended
    )
    duties = make_duties(
        channel.post,
        grants,
        hands,
        files,
        restart,
        around.read_clipboard,
        around.write_clipboard,
    )
    channel.why_not = hands.why_not
    channel.no_attention = hands.no_attention
    channel.employ(duties)
    return Parts(live, channel, sharing, hands, files, restart, duties)


def _route(arrived: Arrived) -> RelayRoute:
    async def introduce() -> dict[str, str]:
        return {"applet_token": arrived.joined.token}

    return RelayRoute(
        server=arrived.server,
        session_id=arrived.joined.session_id,
        introduce=introduce,
        tls=arrived.tls,
    )


def _page_address(arrived: Arrived) -> Callable[[], str]:
    return lambda: page_address(arrived.server, arrived.joined.token, arrived.tls)
