"""The sections of a workspace, in the order in which they are shown.

To add one, write a ``Pane`` and add its line to ``make_panes``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rescue_console.desktop.workspace.chat.pane import ChatPane
from rescue_console.desktop.workspace.files.page_link import PageLink
from rescue_console.desktop.workspace.files.pane import FilesPane
from rescue_console.desktop.workspace.log_pane import LogPane
from rescue_console.desktop.workspace.notes.pane import NotesPane
from rescue_console.desktop.workspace.screen.pane import ScreenPane
from rescue_console.desktop.workspace.section.channel import Channel
from rescue_console.desktop.workspace.system.pane import SystemPane

if TYPE_CHECKING:
    from rescue_console.desktop.link.calls import Calls
    from rescue_console.desktop.program.settings import Settings
    from rescue_console.desktop.session_list.cells import SessionCells
    from rescue_console.desktop.workspace.chat.conversations import Conversations
    from rescue_console.desktop.workspace.notes.notebook import Notebook
    from rescue_console.desktop.workspace.section.identity import Identities
    from rescue_console.desktop.workspace.section.pane import Pane
    from rescue_console.desktop.workspace.section.situation import Situation
    from rescue_console.peer.relay import RelayRoute
    from rescue_console.protocol.powers import Power


@dataclass(frozen=True)
class PaneParts:
    """What panes are made with; all of it belongs to the console and outlives them.

    Attributes:
        relay_route: Returns the relay's route to the applet, given a session's id.
    """

    calls: Calls
    cells: SessionCells
    settings: Settings
    conversations: Conversations
    notebook: Notebook
    identities: Identities
    relay_route: Callable[[str], RelayRoute]


@dataclass
class Panes:
    """The panes of one workspace and what they share.

    Attributes:
        helping: The situation of the items that do not last; it ends with the session.
        closings: Coroutine functions that close what several panes share (a certificate, a
            channel); called in reverse once every pane has been closed.
    """

    items: list[Pane]
    helping: Situation
    closings: list[Callable[[], Awaitable[None]]]

    @property
    def open(self) -> list[Pane]:
        """The panes still open: all of them, or once the session is over, those that last."""
        return [pane for pane in self.items if pane.lasts or not self.helping.ended]

    def at_stake(self, power: Power | None = None) -> str:
        """Return what losing *power*, or every power if ``None``, would break off, in words.

        Empty if it would break off nothing.
        """
        said = [pane.at_stake(power) for pane in self.open]
        return "\n".join(text for text in said if text)


def make_panes(parts: PaneParts, situation: Situation) -> Panes:
    """Return the sections for one session, and make what only they share."""
    session_id = situation.session.id
    helping = situation.branch()
    identity = parts.identities.of(session_id)
    channel = Channel(helping, parts.calls, identity, parts.relay_route)
    page_link = PageLink(parts.calls, identity)
    return Panes(
        [
            ScreenPane(helping, parts.calls, identity, channel),
            ChatPane(situation, parts.conversations.of(session_id), parts.settings),
            FilesPane(helping, channel, page_link),
            SystemPane(helping, parts.calls, channel),
            LogPane(situation, parts.cells, parts.calls),
            NotesPane(situation, parts.notebook),
        ],
        helping,
        [channel.aclose],
    )
