"""Shows a chat. What people wrote is put in as text, never as markup."""

from datetime import datetime
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QUrl, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPalette, QTextBlockFormat, QTextCharFormat
from PySide6.QtGui import QTextCursor as Cursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from rescue_console.desktop.look.palettes import Tone, tone_color
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.links import pieces
from rescue_console.desktop.words.time import moment_text
from rescue_console.desktop.workspace.chat.log import ChatLog, Unsent
from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.foreign_text import line, paragraphs

RETRY = "retry"
DISCARD = "discard"

translate = QCoreApplication.translate


class ChatView(QTextBrowser):
    """The messages, oldest first, and under them those that are on their way.

    Signals:
        link_chosen: A web address in a message was clicked; nothing has been opened.
        retry_chosen: The message with this key is to be sent again.
        discard_chosen: The message with this key is to be forgotten.
    """

    link_chosen = Signal(str)
    retry_chosen = Signal(str)
    discard_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._on_anchor)
        on_language_change(self, self.redraw)
        self.customer = ""
        """What to call a customer without a name."""
        self._log: ChatLog | None = None
        self._numbers: list[int] = []
        """Numbers of the messages that the document holds."""
        self._tail = 0
        """Where in the document the messages on their way begin."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 (Qt's name)
        """Load nothing, whatever the document asks for."""
        return None

    def show_log(self, log: ChatLog) -> None:
        """Show a chat; the view stays where the person has scrolled to, or follows the end."""
        self._log = log
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - self.fontMetrics().height()
        numbers = [message.number for message in log.messages]
        shown = len(self._numbers)
        if numbers[:shown] != self._numbers:
            self.document().clear()
            shown, self._tail = 0, 0
        self._write(log, shown)
        self._numbers = numbers
        if at_end:
            bar.setValue(bar.maximum())

    def redraw(self) -> None:
        """Draw everything again, in the current colours and language."""
        if self._log is not None:
            self._numbers, self._tail = [], 0
            self.document().clear()
            self.show_log(self._log)

    def _write(self, log: ChatLog, shown: int) -> None:
        cursor = Cursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._tail)
        cursor.movePosition(Cursor.MoveOperation.End, Cursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        for message in log.messages[shown:]:
            self._write_message(cursor, message)
        self._tail = cursor.position()
        for unsent in log.unsent:
            self._write_unsent(cursor, unsent)
        cursor.endEditBlock()

    def _write_message(self, cursor: Cursor, message: ChatMessage) -> None:
        name = line(message.name) or self.customer
        tone = Tone.PLAIN if message.technician_id is None else Tone.QUIET
        self._head(cursor, name, message.at, tone)
        self._body(cursor, message.text)

    def _write_unsent(self, cursor: Cursor, unsent: Unsent) -> None:
        self._head(cursor, translate("ChatView", "You"), unsent.at, Tone.QUIET)
        self._body(cursor, unsent.text)
        cursor.insertBlock(_block(0), QTextCharFormat())
        if not unsent.problem:
            waiting = translate("ChatView", "On its way…")
            cursor.insertText(waiting, self._format(Tone.WARNING))
            return
        refused = translate("ChatView", "Not sent: {0}").format(unsent.problem)
        cursor.insertText(f"{refused} ", self._format(Tone.ERROR))
        self._anchor(cursor, translate("ChatView", "Send again"), f"{RETRY}:{unsent.key}")
        cursor.insertText("  ", QTextCharFormat())
        self._anchor(cursor, translate("ChatView", "Discard"), f"{DISCARD}:{unsent.key}")

    def _head(self, cursor: Cursor, name: str, at: datetime, tone: Tone) -> None:
        # The document begins with an empty block, which is used for the first message.
        if cursor.position() > 0:
            cursor.insertBlock(_block(self.fontMetrics().height() // 2), QTextCharFormat())
        bold = self._format(tone)
        bold.setFontWeight(QFont.Weight.Bold)
        cursor.insertText(name, bold)
        cursor.insertText(f"  {moment_text(at)}", self._format(Tone.QUIET))

    def _body(self, cursor: Cursor, text: str) -> None:
        for paragraph in paragraphs(text).split("\n"):
            cursor.insertBlock(_block(0), QTextCharFormat())
            for piece in pieces(paragraph):
                if piece.link:
                    self._anchor(cursor, piece.text, piece.link)
                else:
                    cursor.insertText(piece.text, self._format(Tone.PLAIN))

    def _anchor(self, cursor: Cursor, text: str, address: str) -> None:
        form = QTextCharFormat()
        form.setAnchor(True)
        form.setAnchorHref(address)
        form.setFontUnderline(True)
        form.setForeground(self.palette().color(QPalette.ColorRole.Link))
        if not address.startswith((RETRY, DISCARD)):
            tip = translate("ChatView", "Opens, once confirmed: {0}")
            form.setToolTip(escape(tip.format(plain(address))))
        cursor.insertText(text, form)

    def _format(self, tone: Tone) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(tone_color(QGuiApplication.palette(), tone))
        return form

    def _on_anchor(self, url: QUrl) -> None:
        match url.scheme():
            case "retry":
                self.retry_chosen.emit(url.path())
            case "discard":
                self.discard_chosen.emit(url.path())
            case "http" | "https":
                self.link_chosen.emit(plain(url.toString()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow a change of theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.redraw()
        super().changeEvent(event)


def plain(address: str) -> str:
    """Return an address as it goes over the wire, where no letter can pass for a similar one."""
    return bytes(QUrl(address).toEncoded().data()).decode("ascii")


def _block(top: int) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setTopMargin(top)
    return form
