"""Saves a chat as a file that the technician names."""

import contextlib
from collections.abc import AsyncIterable, Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.chat.transcript import Transcript, as_html, as_text
from rescue_console.network.errors import ClientError
from rescue_console.protocol.answers import ChatMessage, Session
from rescue_console.protocol.foreign_text import line

Pages = Callable[[], AsyncIterable[Sequence[ChatMessage]]]
"""Returns all messages of a chat, oldest first, a page at a time."""


class TranscriptSaving(QObject):
    """Asks for a file and writes it.

    Signals:
        told: Whether it worked, in words, and the tone to show them in.
    """

    told = Signal(str, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.jobs = Jobs(self)

    def ask(self, session: Session, pages: Pages) -> QFileDialog:
        """Open the dialog that asks for the file; return it."""
        title = self.tr("Save transcript")
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window, title, folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Text (*.txt)"), self.tr("Web page (*.html)")])
        dialog.setDefaultSuffix("txt")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("html" if "*.html" in chosen else "txt")
        )
        dialog.selectFile(file_name(session))
        dialog.fileSelected.connect(lambda path: self.save(Path(path), session, pages))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def save(self, path: Path, session: Session, pages: Pages) -> None:
        """Write the chat to *path*: as a web page if the name ends like one, else as text."""
        form = as_html if path.suffix.lower() in (".html", ".htm") else as_text
        name = customer_name(session)
        title = self.tr("Chat with {0}").format(line(name))
        transcript = form(title, name, full_moment_text)
        self.jobs.start(self._save(path, transcript, pages), "save transcript")

    async def _save(self, path: Path, transcript: Transcript, pages: Pages) -> None:
        try:
            await _write(path, transcript, pages)
        except OSError as error:
            self._tell_problem(error.strerror or str(error))
        except ClientError as error:
            self._tell_problem(error_text(error))
        else:
            self.told.emit(self.tr("Saved as {0}").format(path.name), Tone.GOOD)

    def _tell_problem(self, why: str) -> None:
        problem = self.tr("The transcript cannot be saved: {0}").format(why)
        self.told.emit(problem, Tone.ERROR)


async def _write(path: Path, transcript: Transcript, pages: Pages) -> None:
    """Write page after page beside *path*, and put the file in its place once it is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        await Jobs.in_thread(part.write_text, transcript.head, encoding="utf-8")
        async for messages in pages():
            await Jobs.in_thread(_append, part, "".join(map(transcript.entry, messages)))
        await Jobs.in_thread(_append, part, transcript.tail)
        await Jobs.in_thread(part.replace, path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def full_moment_text(moment: datetime) -> str:
    """Return a moment with its date, in this computer's time zone."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def file_name(session: Session) -> str:
    """Return a name for the file, made of letters and digits of the customer's name only."""
    name = "".join(c if c.isalnum() else "-" for c in customer_name(session)[:40]).strip("-")
    return f"chat-{name or session.code}-{session.created_at:%Y-%m-%d}"
