"""Writes messages to a folder as ``.eml`` files instead of sending them."""

import asyncio
import contextlib
import os
import re
import secrets
from pathlib import Path

from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.server.mail.message import Message
from rescue_console.server.mail.transport import failure
from rescue_console.system.private_files import make_private


class FolderTransport:
    """Delivers into a folder, which is made when missing.

    A file is named after its Message-ID, so that a message delivered again after a crash replaces
    its earlier copy. A mail holds the link that opens a session, so the folder is for the server's
    user alone.

    Raises:
        TooOpen: others can look into it, and it is not for us to change that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # A folder that cannot be had now may be there when a mail is to go out.
        with contextlib.suppress(OSError):
            if folder.exists():
                make_private(folder, own=all(_is_mail(path) for path in folder.iterdir()))

    async def deliver(self, message: Message) -> str:
        """Write *message*; a reader of the folder sees either the whole file or none.

        Raises:
            TemporaryFailure: the disk is full or the folder cannot be written.
        """
        try:
            await asyncio.to_thread(self._write, message)
        except OSError as error:
            reason = f"The mail folder cannot be written: {error.strerror or error}"
            raise failure(EmailTrouble.FOLDER_UNWRITABLE, reason=reason) from error
        return ""

    async def rest(self) -> None:
        """Do nothing: no connection is kept."""

    def _write(self, message: Message) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = self._folder / f"{_file_stem(message.message_id)}.eml"
        draft = target.with_name(f".{target.stem}.{secrets.token_hex(4)}")
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def _is_mail(path: Path) -> bool:
    return path.suffix == ".eml" or path.name.startswith(".")


def _file_stem(message_id: str) -> str:
    local = message_id.strip("<>").rpartition("@")[0]
    return re.sub(r"[^A-Za-z0-9-]", "_", local)[:100] or "mail"
