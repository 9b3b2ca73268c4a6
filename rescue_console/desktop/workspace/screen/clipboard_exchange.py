"""Exchanges the clipboards' texts, either at the technician's click or automatically.

Unless the exchange is automatic, only a text that was asked for is accepted: nothing that the
customer's side sends of its own accord changes the technician's clipboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton

from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.workspace.section.asking import consent_of
from rescue_console.protocol.channel import TEXT_MAX, ClipboardChanged, ClipboardWanted
from rescue_console.protocol.powers import Consent, Power

if TYPE_CHECKING:
    from rescue_console.desktop.workspace.section.channel import Channel
    from rescue_console.desktop.workspace.section.situation import Situation

_OF_A_CUSTOMER = "ofACustomer"
"""Property of the clipboard, which all sessions share: the text that a customer's side last put
there."""


class ClipboardExchange(QObject):
    """Gives *button* a menu, and shows it while the customer shares the clipboard.

    Signals:
        said: The outcome, in words.

    Attributes:
        fetch, give: The menu's actions.
        automatic: Checked while every copied text goes to the other side automatically.
    """

    said = Signal(str)

    def __init__(
        self, button: QToolButton, situation: Situation, channel: Channel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._button = button
        self._situation = situation
        self._channel = channel
        self._wanted = False
        # The text that both clipboards hold, as far as known here.
        self._common = ""
        menu = QMenu(button)
        self.fetch = QAction(self)
        self.give = QAction(self)
        self.automatic = QAction(self, checkable=True)
        menu.addActions([self.fetch, self.give])
        menu.addSeparator()
        menu.addAction(self.automatic)
        button.setMenu(menu)
        on_language_change(button, self._retranslate)
        self.fetch.triggered.connect(self._fetch)
        self.give.triggered.connect(self._give)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._on_copied)
        situation.session_changed.connect(self._on_session)
        channel.opened.connect(self._show)
        channel.closed.connect(self._show)
        channel.received.connect(self._on_received)
        self._retranslate()
        self._show()

    @property
    def _granted(self) -> bool:
        return consent_of(self._situation.session, Power.CLIPBOARD) is Consent.GRANTED

    def _on_session(self) -> None:
        if not self._granted:
            # The technician must choose automatic exchange anew whenever the customer allows it.
            self.automatic.setChecked(False)
        self._show()

    @property
    def _on(self) -> bool:
        return self._granted and self._channel.is_open

    def _show(self) -> None:
        self._wanted = self._wanted and self._on
        self._button.setVisible(self._on)

    def _fetch(self) -> None:
        self._wanted = True
        self._channel.post(ClipboardWanted())

    def _give(self) -> None:
        text = self._clipboard.text()
        if not text:
            self.said.emit(self.tr("Your clipboard holds no text."))
        elif len(text) > TEXT_MAX:
            self.said.emit(self.tr("The text in your clipboard is too long to be sent."))
        else:
            self._send(text)
            self.said.emit(self.tr("The customer can paste the text of your clipboard now."))

    def _send(self, text: str) -> None:
        self._common = text
        self._channel.post(ClipboardChanged(text=text))

    def _on_copied(self) -> None:
        if self._on and self.automatic.isChecked():
            text = self._clipboard.text()
            if (
                text
                and text != self._common
                and len(text) <= TEXT_MAX
                and not self._is_a_customers(text)
            ):
                self._send(text)

    def _is_a_customers(self, text: str) -> bool:
        """Whether *text* came from a customer: it never goes to another one automatically."""
        theirs = self._clipboard.property(_OF_A_CUSTOMER) or ""
        return text.splitlines() == theirs.splitlines()

    def _on_received(self, message: object) -> None:
        if not isinstance(message, ClipboardChanged) or not self._on:
            return
        wanted, self._wanted = self._wanted, False
        if not wanted and not self.automatic.isChecked():
            return
        if message.text:
            self._common = message.text
            self._clipboard.setProperty(_OF_A_CUSTOMER, message.text)
            self._clipboard.setText(message.text)
            # The system may return it with other line endings; that is no change to be sent.
            self._common = self._clipboard.text()
        if wanted:
            self.said.emit(
                self.tr("The customer’s text is in your clipboard.")
                if message.text
                else self.tr("The customer’s clipboard holds no text.")
            )

    def _retranslate(self) -> None:
        self.fetch.setText(self.tr("&Get the customer’s text"))
        self.give.setText(self.tr("Gi&ve the customer your text"))
        self.automatic.setText(self.tr("Keep &both the same by itself"))
