"""Gives the application its palette, and follows the setting and the system."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.look.palettes import build_palette
from rescue_console.desktop.program.settings import Settings, ThemeChoice

_SCHEMES = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The Fusion style in the program's colours, light or dark, also changed while it runs."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        app.setStyle("Fusion")
        self._apply()
        settings.changed.connect(self._on_setting_changed)
        app.styleHints().colorSchemeChanged.connect(self._paint)

    @property
    def dark(self) -> bool:
        """Whether the screens are dark now."""
        match self._settings.theme:
            case ThemeChoice.DARK:
                return True
            case ThemeChoice.LIGHT:
                return False
            case ThemeChoice.SYSTEM:
                return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark

    def _on_setting_changed(self, name: str) -> None:
        if name == Settings.theme.name:
            self._apply()

    def _apply(self) -> None:
        """Apply the setting, to the system too, so that window frames and native dialogs follow."""
        self._app.styleHints().setColorScheme(_SCHEMES[self._settings.theme])
        self._paint()

    def _paint(self) -> None:
        self._app.setPalette(build_palette(dark=self.dark))
