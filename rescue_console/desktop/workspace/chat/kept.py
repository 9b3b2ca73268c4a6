"""Chat that has not been sent, kept on this computer's disk until it has been."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from rescue_console.desktop.workspace.chat.log import Unsent
from rescue_console.desktop.workspace.section.kept import Kept, kept_folder
from rescue_console.protocol.limits import CHAT_MAX

UNSENT_MAX = 100
"""The most messages kept for one session."""
CHATS_MAX = 200
"""The most sessions for which chat is kept."""
KEPT_FOR = timedelta(days=30)
"""How long chat that does not change is kept; by then, its session has long been over."""


class KeptChat(Struct, frozen=True):
    """What is being written in one session, and what is on its way."""

    draft: str = ""
    unsent: tuple[Unsent, ...] = ()


class KeptChats(Kept[KeptChat]):
    """What one technician has written and not sent; see ``Kept``."""

    def __init__(self, folder: Path, server: str, technician: str) -> None:
        super().__init__(folder, server, technician, KeptChat)

    def all(self) -> dict[str, KeptChat]:
        """Forget what has been kept too long, and return the rest by session."""
        self.forget(datetime.now(UTC) - KEPT_FOR, most=CHATS_MAX)
        return super().all()


def to_keep(draft: str, unsent: Sequence[Unsent]) -> KeptChat:
    """Return a draft and unsent messages, cut down to what is kept."""
    return KeptChat(draft[:CHAT_MAX], tuple(unsent[:UNSENT_MAX]))


def chats_folder() -> Path:
    """Return the folder for what this person has written and not sent."""
    return kept_folder("chats")
