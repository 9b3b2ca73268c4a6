"""The Options window. What is chosen applies and is stored at once: there is nothing to confirm.

An option that IT's policy has fixed is shown but cannot be changed, and says so.
"""

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QWidget

from rescue_console.desktop.autostart import Autostart, for_this_system
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program import translation
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import (
    AS_SYSTEM,
    LanguageChoice,
    Setting,
    Settings,
    ThemeChoice,
)
from rescue_console.desktop.sounds import Sounds
from rescue_console.desktop.window.ui_options import Ui_OptionsForm


class OptionsWindow(QDialog):
    """Language, theme, sounds, notifications, start with the system and proxy."""

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        sounds: Sounds | None = None,
        autostart: Autostart | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._sounds = sounds or Sounds(settings, self)
        self._autostart = autostart or for_this_system()
        self.ui = Ui_OptionsForm()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self.ui.languageBox.addItem(self.tr("As the system"), AS_SYSTEM)
        for language in translation.spoken():
            self.ui.languageBox.addItem(translation.language_name(language), language)
        for theme in ThemeChoice:
            self.ui.themeBox.addItem(self._theme_text(theme), theme.value)
        self.ui.proxyForm.use(settings)
        self._show_settings()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Show the current settings, which another program may have changed."""
        super().showEvent(event)
        if not event.spontaneous():
            self.ui.message.say(self._settings.notice, Tone.WARNING)
            self._show_settings()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        self.ui.languageBox.setItemText(0, self.tr("As the system"))
        for index, theme in enumerate(ThemeChoice):
            self.ui.themeBox.setItemText(index, self._theme_text(theme))
        self._show_settings()

    def _connect(self) -> None:
        self.ui.languageBox.currentIndexChanged.connect(self._on_language_chosen)
        self.ui.themeBox.currentIndexChanged.connect(self._on_theme_chosen)
        self.ui.soundBox.toggled.connect(self._on_sound_toggled)
        self.ui.notificationBox.toggled.connect(self._on_notification_toggled)
        self.ui.autostartBox.toggled.connect(self._on_autostart_toggled)
        self.ui.testButton.clicked.connect(lambda: self._sounds.play_anyway("waiting"))
        self.ui.closeButton.clicked.connect(self.accept)
        self._settings.changed.connect(self._show_settings)
        self._settings.notice_changed.connect(self._show_notice)

    def _show_settings(self) -> None:
        """Set every control from the settings, without counting that as a choice."""
        settings = self._settings
        language = settings.language
        shown = language if language == AS_SYSTEM else translation.resolve(language)
        self._select(self.ui.languageBox, shown, Settings.language)
        self._select(self.ui.themeBox, settings.theme, Settings.theme)
        self._check(self.ui.soundBox, settings.sound_on, Settings.sound_on)
        self._check(self.ui.notificationBox, settings.notifications_on, Settings.notifications_on)
        self._check(self.ui.autostartBox, self._starts_with_system(), Settings.start_with_system)

    def _select(self, box: QComboBox, choice: str, setting: Setting[Any]) -> None:
        with QSignalBlocker(box):
            box.setCurrentIndex(box.findData(str(choice)))
        self._lock(box, setting)

    def _check(self, box: QCheckBox, on: bool, setting: Setting[bool]) -> None:
        with QSignalBlocker(box):
            box.setChecked(on)
        self._lock(box, setting)

    def _lock(self, control: QWidget, setting: Setting[Any]) -> None:
        if self._settings.is_locked(setting.name):
            control.setEnabled(False)
            control.setToolTip(self.tr("Set by your organization for everyone on this computer."))

    def _starts_with_system(self) -> bool:
        """Ask the system, because the entry can be removed there too."""
        try:
            return self._autostart.is_on()
        except OSError:
            return False

    def _on_language_chosen(self) -> None:
        self._settings.language = LanguageChoice(self.ui.languageBox.currentData())

    def _on_theme_chosen(self) -> None:
        self._settings.theme = ThemeChoice(self.ui.themeBox.currentData())

    def _on_sound_toggled(self, on: bool) -> None:
        self._settings.sound_on = on

    def _on_notification_toggled(self, on: bool) -> None:
        self._settings.notifications_on = on

    def _on_autostart_toggled(self, on: bool) -> None:
        self.ui.message.say("")
        try:
            if on:
                self._autostart.turn_on()
            else:
                self._autostart.turn_off()
        except OSError as error:
            self.ui.message.say(
                self.tr("The system did not take this change: {0}").format(error.strerror or error),
                Tone.ERROR,
            )
        else:
            self._settings.start_with_system = on
        self._show_settings()

    def _show_notice(self) -> None:
        self.ui.message.say(self._settings.notice, Tone.WARNING)

    def _theme_text(self, theme: ThemeChoice) -> str:
        match theme:
            case ThemeChoice.SYSTEM:
                return self.tr("As the system")
            case ThemeChoice.LIGHT:
                return self.tr("Light")
            case ThemeChoice.DARK:
                return self.tr("Dark")
