"""The section in which technician and customer write to each other."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from rescue_console.desktop.look.ask import ask
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.opening import open_page
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.chat.conversation import Conversation
from rescue_console.desktop.workspace.chat.replies import (
    RepliesDialog,
    addresses,
    fill_menu,
    replies,
)
from rescue_console.desktop.workspace.chat.search import ChatSearch
from rescue_console.desktop.workspace.chat.transcript_saving import TranscriptSaving
from rescue_console.desktop.workspace.chat.ui_chat import Ui_ChatPane
from rescue_console.desktop.workspace.section.pane import Pane
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.answers import ChatMessage, Session
from rescue_console.protocol.limits import CHAT_MAX
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.signals import Signal as SessionSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import is_over

TYPING_SHOWN_MS = 5_000
"""How long *is writing* stays after the last typing signal; one comes every 3 s."""


class ChatPane(Pane):
    """Shows a ``Conversation`` and lets the technician take part in it until the session is over.

    Args:
        writes: Whether the technician can take part at all.
    """

    permissions: ClassVar[frozenset[Permission]] = frozenset({Permission.CHAT})
    icon_name: ClassVar[str] = "chat"
    lasts: ClassVar[bool] = True

    def __init__(
        self,
        situation: Situation,
        conversation: Conversation,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        writes: bool = True,
    ) -> None:
        super().__init__(situation, parent)
        self._conversation = conversation
        self._settings = settings
        self._writes = writes
        self._trouble = ""
        self.ui = Ui_ChatPane()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.search = ChatSearch(self.ui.view)
        self.saving = TranscriptSaving(self)
        self.typing_timer = QTimer(self, singleShot=True, interval=TYPING_SHOWN_MS)
        self._menu = QMenu(self)
        self.ui.repliesButton.setMenu(self._menu)
        self._addresses = QMenu(self)
        self.ui.addressesButton.setMenu(self._addresses)
        self._show_addresses()
        self.ui.input.setPlainText(conversation.draft)
        self._connect_signals()
        self._show_session()
        self._show()

    def _connect_signals(self) -> None:
        ui, conversation = self.ui, self._conversation
        self.situation.session_changed.connect(self._show_session)
        conversation.changed.connect(self._show)
        conversation.arrived.connect(self._on_arrived)
        conversation.unread_changed.connect(self.badge_changed)
        ui.input.sent.connect(self.send)
        ui.input.textChanged.connect(self._on_typed)
        ui.sendButton.clicked.connect(self.send)
        ui.view.retry_chosen.connect(conversation.retry)
        ui.view.discard_chosen.connect(conversation.discard)
        ui.view.link_chosen.connect(self._on_link)
        ui.view.earlier_chosen.connect(conversation.read_earlier)
        ui.view.latest_chosen.connect(conversation.read_latest)
        ui.view.redrawn.connect(self._show_place)
        ui.searchEdit.textChanged.connect(self._find)
        ui.searchEdit.returnPressed.connect(partial(self._step, -1))
        ui.previousButton.clicked.connect(partial(self._step, -1))
        ui.nextButton.clicked.connect(partial(self._step, 1))
        ui.saveButton.clicked.connect(self._save)
        self.typing_timer.timeout.connect(partial(ui.typingLabel.say, ""))
        self.saving.told.connect(ui.message.say)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._insert)
        self._addresses.aboutToShow.connect(self._fill_addresses)
        self._addresses.triggered.connect(lambda action: conversation.say(action.data()))

    def title(self) -> str:
        """Return the section's name."""
        return QCoreApplication.translate("ChatPane", "Chat")

    def badge(self) -> int:
        """Return how many messages from the customer have not been seen."""
        return self._conversation.unread

    def _show_session(self) -> None:
        session = self.situation.session
        self.ui.view.customer = customer_name(session)
        self._show_writes(session)

    def on_signal(self, signal: SessionSignal) -> None:
        """Show that the customer is writing."""
        if signal.kind is SignalKind.TYPING:
            text = self.tr("{0} is writing…").format(customer_name(self.situation.session))
            self.ui.typingLabel.say(text, Tone.QUIET)
            self.typing_timer.start()

    def on_shown(self) -> None:
        """Mark all messages as seen, and focus the input."""
        self._see()
        self.ui.input.setFocus()

    def close(self) -> bool:
        """Stop showing the conversation, which keeps the draft."""
        self.typing_timer.stop()
        return super().close()

    # Writing

    def _show_writes(self, session: Session) -> None:
        """Hide everything to write with when there is nobody to write to."""
        ui, writes = self.ui, self._writes and not is_over(session.status)
        if not writes and ui.input.hasFocus():
            ui.view.setFocus()
        for widget in (ui.input, ui.sendButton, ui.repliesButton):
            widget.setVisible(writes)
        self._show_addresses()
        if not writes:
            self.typing_timer.stop()
            ui.typingLabel.say("")

    def send(self) -> None:
        """Send what has been written."""
        text = self.ui.input.toPlainText().strip()
        if not text:
            return
        if len(text) > CHAT_MAX:
            self.ui.message.say(
                self.tr("The message has {0} characters; at most {1} are allowed.").format(
                    len(text), CHAT_MAX
                ),
                Tone.ERROR,
            )
            return
        self.ui.message.say("")
        self.ui.input.clear()
        self._conversation.say(text)

    def _on_typed(self) -> None:
        # Kept from the first letter on, however the section ends.
        self._conversation.draft = self.ui.input.toPlainText()
        if self._conversation.draft.strip():
            self._conversation.tell_typing()

    def _fill_menu(self) -> None:
        fill_menu(self._menu, replies(self._settings))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Change the replies…"), self._change_replies)

    def _insert(self, action: QAction) -> None:
        reply = action.data()
        if isinstance(reply, str):
            self.ui.input.insertPlainText(reply)
            self.ui.input.setFocus()

    def _change_replies(self) -> None:
        dialog = RepliesDialog(self._settings, self)
        dialog.accepted.connect(self._show_addresses)
        dialog.open()

    def _fill_addresses(self) -> None:
        fill_menu(self._addresses, addresses(self._settings))

    def _show_addresses(self) -> None:
        """Offer addresses only to technicians who have some."""
        writes = not self.ui.input.isHidden()
        self.ui.addressesButton.setVisible(writes and bool(addresses(self._settings)))

    # Reading

    def _show(self) -> None:
        self.ui.view.show_log(self._conversation.log)
        if self._conversation.trouble != self._trouble:
            self._trouble = self._conversation.trouble
            self.ui.message.say(self._trouble, Tone.ERROR)
        self.ui.saveButton.setEnabled(bool(self._conversation.log.messages))

    def _on_arrived(self, _message: ChatMessage) -> None:
        self.typing_timer.stop()
        self.ui.typingLabel.say("")
        self._see()

    @property
    def _is_looked_at(self) -> bool:
        return self.isVisible() and self.window().isActiveWindow()

    def _see(self) -> None:
        if self._is_looked_at:
            self._conversation.see()

    def _on_link(self, address: str) -> None:
        self.jobs.start(self._open_link(address), "open a link")

    async def _open_link(self, address: str) -> None:
        text = self.tr("Open this address in your browser?\n\n{0}").format(address)
        if await ask(self, self.tr("Open link"), text, self.tr("Open")):
            open_page(address, self)

    def _find(self, words: str) -> None:
        self.search.find(words)
        self._show_place()

    def _step(self, by: int) -> None:
        self.search.step(by)
        self._show_place()

    def _show_place(self) -> None:
        count = len(self.search.places)
        if not self.ui.searchEdit.text():
            self.ui.foundLabel.clear()
        elif count:
            self.ui.foundLabel.setText(self.tr("{0} of {1}").format(self.search.current + 1, count))
        elif self._conversation.log.earlier or self._conversation.log.later:
            self.ui.foundLabel.setText(self.tr("Not found in the messages shown"))
        else:
            self.ui.foundLabel.setText(self.tr("Not found"))

    def _save(self) -> None:
        self.saving.ask(self.situation.session, self._conversation.pages)

    # Events

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Mark all messages as seen, if the window is active."""
        super().showEvent(event)
        self._see()

    def event(self, event: QEvent) -> bool:
        """Mark all messages as seen when the person comes back to the window."""
        done = super().event(event)
        if event.type() == QEvent.Type.WindowActivate:
            self._see()
        return done

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.view.customer = customer_name(self.situation.session)
        self.ui.view.redraw()
