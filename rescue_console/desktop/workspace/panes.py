"""The sections of a workspace, in the order in which they are shown.

To add one, write a ``Pane`` and add its line to ``make_panes``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
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
    from rescue_console.peer.relay import RelayRoute
    from rescue_console.protocol.answers import Session


@dataclass(frozen=True)
class PaneParts:
    """What panes are made of; all of it belongs to the console and outlives them.

    Attributes:
        relay_route: Returns the way to the applet of the session with an id.
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
        closings: Coroutine functions that close what several panes share (a certificate, a
            channel); called in reverse once every pane has been closed.
    """

    items: list[Pane] = field(default_factory=list)
    closings: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


def make_panes(parts: PaneParts, session: Session) -> Panes:
    """Return the sections for one session. What only they share is made here, too."""
    identity = parts.identities.of(session.id)
    channel = Channel(session.id, parts.calls, identity, parts.relay_route)
    return Panes(
        [
            ScreenPane(parts.calls, identity, channel),
            ChatPane(parts.conversations.of(session.id), parts.settings),
            FilesPane(channel, PageLink(parts.calls, identity)),
            SystemPane(parts.calls, channel),
            LogPane(parts.cells, parts.calls),
            NotesPane(parts.notebook),
        ],
        [channel.aclose],
    )
