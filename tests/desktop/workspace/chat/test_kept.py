import os
from datetime import UTC, datetime
from pathlib import Path

from rescue_console.desktop.workspace.chat import kept as kept_chats
from rescue_console.desktop.workspace.chat.kept import KeptChat, KeptChats, to_keep
from rescue_console.desktop.workspace.chat.log import Unsent
from rescue_console.protocol.limits import CHAT_MAX

MESSAGE = Unsent("key", "on its way", datetime(2026, 3, 2, tzinfo=UTC))
AGO_S = (kept_chats.KEPT_FOR.days + 1) * 86_400


def chats(folder: Path, technician: str = "t1") -> KeptChats:
    return KeptChats(folder, "https://a.example", technician)


def test_kept_chat_is_returned_only_to_its_technician(tmp_path: Path) -> None:
    chat = KeptChat("half a sentence", (MESSAGE,))
    chats(tmp_path).keep("s1", chat)
    assert chats(tmp_path).all() == {"s1": chat}
    assert chats(tmp_path, "t2").all() == {}


def test_what_has_not_changed_for_long_is_removed_no_matter_whose(tmp_path: Path) -> None:
    chats(tmp_path, "t2").keep("s1", KeptChat("old"))
    [old] = tmp_path.iterdir()
    now_s = datetime.now(UTC).timestamp()
    os.utime(old, (now_s - AGO_S, now_s - AGO_S))
    chats(tmp_path).keep("s2", KeptChat("new"))
    assert chats(tmp_path).all() == {"s2": KeptChat("new")}
    assert not old.exists()


def test_if_there_are_too_many_only_the_newest_are_kept(tmp_path: Path) -> None:
    mine = chats(tmp_path)
    for number in range(kept_chats.CHATS_MAX + 2):
        mine.keep(f"s{number}", KeptChat("draft"))
    assert len(mine.all()) == kept_chats.CHATS_MAX
    assert len(list(tmp_path.iterdir())) == kept_chats.CHATS_MAX


def test_what_is_kept_for_one_session_is_limited() -> None:
    chat = to_keep("x" * (CHAT_MAX + 1), [MESSAGE] * (kept_chats.UNSENT_MAX + 1))
    assert len(chat.draft) == CHAT_MAX
    assert len(chat.unsent) == kept_chats.UNSENT_MAX
