"""Shows what the customer has granted, always in sight, with buttons to ask or to give it up."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QStyle, QWidget

from rescue_console.desktop.look.flow_layout import FlowLayout
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.power import consent_tone, power_icon, power_text
from rescue_console.desktop.words.power_hindrance import power_hindrance_text
from rescue_console.desktop.workspace.section.asking import (
    ask_text,
    consent_of,
    hindrance_of,
    state_text,
    why_not_ask,
)
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.desktop.workspace.ui_consent import Ui_ConsentChip
from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import STANDING, Consent, Power


class ConsentChip(QFrame):
    """One power: how its consent stands, and the button that changes it.

    Signals:
        asked: The technician wants the customer to be asked.
        dropped: The technician gives the power up, or withdraws the question.
    """

    asked = Signal()
    dropped = Signal()

    def __init__(self, power: Power, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.power = power
        self.consent = Consent.NONE
        self._session: Session | None = None
        self._reason = ""
        self.ui = Ui_ConsentChip()
        self.ui.setupUi(self)
        self.ui.askButton.clicked.connect(self._on_clicked)
        on_language_change(self, self._retranslate)
        self._draw_icon()

    def _retranslate(self) -> None:
        if self._session is not None:
            self.show_consent(self._session, self._reason)

    def show_consent(self, session: Session, why_not: str) -> None:
        """Show the state of the consent; *why_not* says why asking is impossible, or is empty."""
        self._session = session
        self.consent = consent_of(session, self.power)
        self._reason = why_not
        name, state = power_text(self.power), state_text(self.power, session)
        self.ui.nameLabel.setText(name)
        self.ui.stateLabel.say(state, consent_tone(self.consent))
        button = self.ui.askButton
        button.setText(self._button_text(session))
        button.setEnabled(self._ends or not why_not)
        button.setToolTip(tool_tip(why_not) if not self._ends else "")
        button.setAccessibleName(self.tr("{0}: {1}").format(button.text(), name))
        hindrance = hindrance_of(session, self.power)
        known = power_hindrance_text(hindrance) if hindrance else ""
        self.setToolTip(tool_tip(why_not or known))
        self.setAccessibleName(self.tr("{0}: {1}").format(name, state))

    @property
    def _ends(self) -> bool:
        """Whether the button ends something, which is always possible."""
        return self.consent in STANDING

    def _button_text(self, session: Session) -> str:
        match self.consent:
            case Consent.ASKED:
                return self.tr("Do not ask any more")
            case Consent.GRANTED:
                return self.tr("Give up")
            case Consent.DENIED:
                usual = self.tr("Ask again")
            case Consent.NONE:
                usual = self.tr("Ask")
        return usual if self._reason else ask_text(self.power, session, usual)

    def _on_clicked(self) -> None:
        if self._ends:
            self.dropped.emit()
        else:
            self.asked.emit()

    def _draw_icon(self) -> None:
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self.ui.iconLabel.setPixmap(icon(power_icon(self.power)).pixmap(size, size))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Follow a change of theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "ui"):
            self._draw_icon()
        super().changeEvent(event)


class ConsentBar(QWidget):
    """The chips of all powers.

    Signals:
        asked: The technician wants this ``Power``.
        dropped: The technician gives this ``Power`` up.
    """

    asked = Signal(object)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = FlowLayout(self)
        layout.setSpacing(self.fontMetrics().averageCharWidth())
        self.chips = {power: self._make_chip(power) for power in Power}
        for chip in self.chips.values():
            layout.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_consents(self, situation: Situation, hindrances: Mapping[Power, str]) -> None:
        """Show the state of every consent and what can be done about it.

        Args:
            hindrances: For each power that the customer's device cannot provide, the reason.
        """
        for power, chip in self.chips.items():
            reason = why_not_ask(power, situation, hindrances.get(power, ""))
            chip.show_consent(situation.session, reason)

    def _make_chip(self, power: Power) -> ConsentChip:
        chip = ConsentChip(power, self)
        chip.asked.connect(lambda: self.asked.emit(power))
        chip.dropped.connect(lambda: self.dropped.emit(power))
        return chip
