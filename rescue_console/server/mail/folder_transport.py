"""Writes messages to a folder as ``.eml`` files instead of sending them."""

import asyncio
import os
import re
import secrets
from pathlib import Path

from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.server.mail.message import Message
from rescue_console.server.mail.transport import failure


class FolderTransport:
    """Delivers into a folder, which is made when missing.

    A file is named after its Message-ID, so that a message delivered again after a crash replaces
    its earlier copy.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

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
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / f"{_file_stem(message.message_id)}.eml"
        draft = target.with_name(f".{target.stem}.{secrets.token_hex(4)}")
        try:
            with draft.open("xb") as file:
                file.write(message.content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def _file_stem(message_id: str) -> str:
    local = message_id.strip("<>").rpartition("@")[0]
    return re.sub(r"[^A-Za-z0-9-]", "_", local)[:100] or "mail"
