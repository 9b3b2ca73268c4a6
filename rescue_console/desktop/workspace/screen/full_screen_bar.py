"""The bar above a picture that fills the monitor: what is granted, what happens, how to leave."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.look.tool_tip import tool_tip
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.words.power import consent_text, power_text
from rescue_console.desktop.workspace.screen.ui_full_screen_bar import Ui_FullScreenBar
from rescue_console.desktop.workspace.section.asking import consent_of, hindrance_of
from rescue_console.protocol.answers import Session
from rescue_console.protocol.powers import Consent, Power


class FullScreenBar(QFrame):
    """Shows what it is given, and only reports what is pressed.

    Signals:
        asked: The technician wants this ``Power``.
        left: The technician wants to leave.

    Attributes:
        actions_of: For each power, the action that asks for it.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_FullScreenBar()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        menu = QMenu(self.ui.askButton)
        menu.setToolTipsVisible(True)
        self.actions_of = {power: self._make_action(power, menu) for power in Power}
        self.ui.askButton.setMenu(menu)
        self.ui.leaveButton.clicked.connect(self.left)

    def show_consents(self, session: Session, why_not: dict[Power, str]) -> None:
        """Show what is granted.

        Args:
            why_not: For each power, why the customer cannot be asked for it; empty if they can.
        """
        granted = [power for power in Power if consent_of(session, power) is Consent.GRANTED]
        names = ", ".join(power_text(power) for power in granted)
        text = self.tr("Granted: {0}").format(names) if names else self.tr("Nothing is granted.")
        self.ui.grantedLabel.say(text, Tone.GOOD if granted else Tone.QUIET)
        for power, action in self.actions_of.items():
            consent, reason = consent_of(session, power), why_not[power]
            action.setVisible(consent is not Consent.GRANTED)
            action.setEnabled(not reason and consent is not Consent.ASKED)
            action.setToolTip(tool_tip(reason))
            state = (
                ""
                if consent is Consent.NONE
                else f" ({consent_text(consent, hindrance_of(session, power))})"
            )
            action.setText(power_text(power) + state)
        self.ui.askButton.setEnabled(len(granted) < len(Power))

    def show_states(self, states: list[str]) -> None:
        """Show what the technician must know now."""
        # All on one line: there is little room above the picture.
        self.ui.stateLabel.say(
            "  –  ".join(" ".join(state.split()) for state in states), Tone.WARNING
        )

    def _make_action(self, power: Power, menu: QMenu) -> QAction:
        action = menu.addAction("")
        action.triggered.connect(lambda: self.asked.emit(power))
        return action

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
