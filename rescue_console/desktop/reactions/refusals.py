"""Shows why something did not work on a session, until it has worked."""

from PySide6.QtCore import QObject

from rescue_console.desktop.actions.commands import SessionCommands
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.tabs import SessionTabs


class Refusals(QObject):
    """Shows refusals from ``SessionCommands`` in the main window and the session's workspace."""

    def __init__(self, commands: SessionCommands, window: MainWindow, tabs: SessionTabs) -> None:
        super().__init__(window)
        self._window = window
        self._tabs = tabs
        commands.refused.connect(self._say)
        commands.mended.connect(self._remove)

    def _say(self, session_id: str, text: str) -> None:
        """Show the text in both places: the session may have a window of its own."""
        self._window.show_notice(text)
        if (tab := self._tabs.tab(session_id)) is not None:
            tab.ui.message.say(text, Tone.ERROR)

    def _remove(self, session_id: str, text: str) -> None:
        """Remove the text of one refusal, and no other text."""
        if self._window.ui.noticeBanner.text == text:
            self._window.show_notice("")
        tab = self._tabs.tab(session_id)
        if tab is not None and tab.ui.message.text() == text:
            tab.ui.message.say("")
