"""Chat that has not been sent, kept on this computer's disk until it has."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from rescue_console.desktop.workspace.chat.log import Unsent
from rescue_console.desktop.workspace.section.kept import Kept, kept_folder
from rescue_console.protocol.limits import CHAT_MAX

UNSENT_MAX = 100
"""Messages kept of one session."""
CHATS_MAX = 200
"""Sessions of which something is kept."""
KEPT_FOR = timedelta(days=30)
"""How long something is kept that does not change: its session has long been over by then."""


class KeptChat(Struct, frozen=True):
    """What is being written in one session, and what is on its way."""

    draft: str = ""
    unsent: tuple[Unsent, ...] = ()


class KeptChats(Kept[KeptChat]):
    """What one technician has written and not sent; see ``Kept``."""

    def __init__(self, folder: Path, server: str, technician: str) -> None:
        super().__init__(folder, server, technician, KeptChat)

    def all(self) -> dict[str, KeptChat]:
        """Return what is kept by session, without what has been kept too long."""
        self.forget(datetime.now(UTC) - KEPT_FOR, most=CHATS_MAX)
        return super().all()


def to_keep(draft: str, unsent: Sequence[Unsent]) -> KeptChat:
    """Return as much of it as is kept."""
    return KeptChat(draft[:CHAT_MAX], tuple(unsent[:UNSENT_MAX]))


def chats_folder() -> Path:
    """Return the folder of what this person has written and not sent."""
    return kept_folder("chats")
