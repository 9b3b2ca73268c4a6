"""Shows a chat. What people wrote is put in as text, never as markup."""

from datetime import datetime
from html import escape

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
)
from PySide6.QtGui import QTextCursor as Cursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from rescue_console.desktop.look.palettes import Tone, tone_color
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.links import pieces
from rescue_console.desktop.words.time import moment_text
from rescue_console.desktop.workspace.chat.fold import fold
from rescue_console.desktop.workspace.chat.log import ChatLog, Unsent
from rescue_console.protocol.answers import ChatMessage
from rescue_console.protocol.foreign_text import line

RETRY = "retry"
DISCARD = "discard"
FOLD = "fold"
EARLIER = "earlier"
LATEST = "latest"
_ACTIONS = (RETRY, DISCARD, FOLD, EARLIER, LATEST)

UNFOLDED_LINES_MAX = 10_000
"""The most lines that a search shows of messages that are folded."""
_STATES = 2**31
"""Numbers that a block of text can have as its state."""

translate = QCoreApplication.translate


class ChatView(QTextBrowser):
    """The messages, oldest first, and under them those that are on their way.

    Of a long message only the beginning is shown until somebody wants all of it: a document of
    many thousand lines takes memory and time.

    Signals:
        link_chosen: A web address in a message was clicked; nothing has been opened.
        retry_chosen: The message with this key is to be sent again.
        discard_chosen: The message with this key is to be forgotten.
        earlier_chosen: The messages before the first one are wanted.
        latest_chosen: The newest messages are wanted again.
        redrawn: Everything was drawn anew; places in the document have moved.
    """

    link_chosen = Signal(str)
    retry_chosen = Signal(str)
    discard_chosen = Signal(str)
    earlier_chosen = Signal()
    latest_chosen = Signal()
    redrawn = Signal()

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
        self._earlier = False
        """Whether the document begins with the offer of earlier messages."""
        self._unfolded: set[str] = set()
        """The numbers or, if they are on their way, the keys of messages that are shown whole."""

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
        begins_anew = numbers[:shown] != self._numbers or log.earlier != self._earlier
        place = self._place() if begins_anew and not at_end else None
        if begins_anew:
            self._clear()
            shown = 0
        self._write(log, shown)
        self._numbers = numbers
        if at_end:
            bar.setValue(bar.maximum())
        elif place is not None:
            self._go_to(place)
        if begins_anew:
            self.redrawn.emit()

    def redraw(self) -> None:
        """Draw everything again, in the current colours and language."""
        if self._log is not None:
            place = self._place()
            self._clear()
            self.show_log(self._log)
            self._go_to(place)
            self.redrawn.emit()

    def unfold_with(self, words: str) -> None:
        """Show messages whole that hold *words* where they are folded: newest first, some lines."""
        room = UNFOLDED_LINES_MAX
        unfolded = False
        for message in reversed(self._log.messages if self._log and words else []):
            if str(message.number) in self._unfolded:
                continue
            text = fold(message.text)
            if text.is_long and text.hides(words):
                room -= text.whole.count("\n") + 1
                if room < 0:
                    break
                self._unfolded.add(str(message.number))
                unfolded = True
        if unfolded:
            self.redraw()

    def _clear(self) -> None:
        self._numbers, self._tail = [], 0
        self.document().clear()

    def _write(self, log: ChatLog, shown: int) -> None:
        cursor = Cursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._tail)
        cursor.movePosition(Cursor.MoveOperation.End, Cursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if shown == 0:
            self._earlier = log.earlier
            if log.earlier:
                earlier = translate("ChatView", "Show earlier messages")
                self._anchor(cursor, earlier, f"{EARLIER}:")
        for message in log.messages[shown:]:
            self._write_message(cursor, message)
        self._tail = cursor.position()
        if log.later:
            cursor.insertBlock(self._gap(), QTextCharFormat())
            self._anchor(cursor, translate("ChatView", "Show the latest messages"), f"{LATEST}:")
        for unsent in log.unsent:
            self._write_unsent(cursor, unsent)
        cursor.endEditBlock()

    def _write_message(self, cursor: Cursor, message: ChatMessage) -> None:
        name = line(message.name) or self.customer
        tone = Tone.PLAIN if message.technician_id is None else Tone.QUIET
        self._head(cursor, name, message.at, tone)
        cursor.block().setUserState(message.number % _STATES)
        self._body(cursor, message.text, str(message.number))

    def _write_unsent(self, cursor: Cursor, unsent: Unsent) -> None:
        self._head(cursor, translate("ChatView", "You"), unsent.at, Tone.QUIET)
        self._body(cursor, unsent.text, unsent.key)
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
            cursor.insertBlock(self._gap(), QTextCharFormat())
        bold = self._format(tone)
        bold.setFontWeight(QFont.Weight.Bold)
        cursor.insertText(name, bold)
        cursor.insertText(f"  {moment_text(at)}", self._format(Tone.QUIET))

    def _gap(self) -> QTextBlockFormat:
        return _block(self.fontMetrics().height() // 2)

    def _body(self, cursor: Cursor, text: str, message: str) -> None:
        folded = fold(text)
        whole = message in self._unfolded
        for paragraph in (folded.whole if whole else folded.head).split("\n"):
            cursor.insertBlock(_block(0), QTextCharFormat())
            for piece in pieces(paragraph):
                if piece.link:
                    self._anchor(cursor, piece.text, piece.link)
                else:
                    cursor.insertText(piece.text, self._format(Tone.PLAIN))
        if folded.is_long:
            cursor.insertBlock(_block(0), QTextCharFormat())
            less, more = translate("ChatView", "Show less"), translate("ChatView", "Show all")
            self._anchor(cursor, less if whole else f"… {more}", f"{FOLD}:{message}")

    def _anchor(self, cursor: Cursor, text: str, address: str) -> None:
        form = QTextCharFormat()
        form.setAnchor(True)
        form.setAnchorHref(address)
        form.setFontUnderline(True)
        form.setForeground(self.palette().color(QPalette.ColorRole.Link))
        if not address.startswith(_ACTIONS):
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
            case "fold":
                self._toggle(url.path())
            case "earlier":
                self.earlier_chosen.emit()
            case "latest":
                self.latest_chosen.emit()
            case "http" | "https":
                self.link_chosen.emit(plain(url.toString()))

    def _toggle(self, message: str) -> None:
        """Show a message whole, or folded again; whoever uses the keyboard stays where they are."""
        self._unfolded ^= {message}
        self.redraw()
        found = self._find_anchor(f"{FOLD}:{message}")
        if found is not None:
            self.setTextCursor(found)

    def _find_anchor(self, address: str) -> Cursor | None:
        block = self.document().begin()
        while block.isValid():
            for part in block.textFormats():
                if part.format.anchorHref() == address:
                    cursor = Cursor(block)
                    cursor.setPosition(block.position() + part.start)
                    end = block.position() + part.start + part.length
                    cursor.setPosition(end, Cursor.MoveMode.KeepAnchor)
                    return cursor
            block = block.next()
        return None

    # Where the person has scrolled to

    def _place(self) -> tuple[int, float]:
        """Return the state of the block at which a message begins, and how far above it we are."""
        block = self.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid() and block.userState() < 0:
            block = block.previous() if block.previous().isValid() else self._first_head()
        return block.userState(), self.verticalScrollBar().value() - self._top(block)

    def _first_head(self) -> QTextBlock:
        block = self.document().begin()
        while block.isValid() and block.userState() < 0:
            block = block.next()
        return block

    def _go_to(self, place: tuple[int, float]) -> None:
        state, below = place
        block = self.document().begin()
        while block.isValid() and block.userState() != state:
            block = block.next()
        if state >= 0 and block.isValid():
            self.verticalScrollBar().setValue(round(self._top(block) + below))

    def _top(self, block: QTextBlock) -> float:
        return self.document().documentLayout().blockBoundingRect(block).top()

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
