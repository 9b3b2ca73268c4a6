"""What did not work on a session, said where one looks, and taken away once it has."""

from PySide6.QtCore import QObject

from rescue_console.desktop.actions.commands import SessionCommands
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.tabs import SessionTabs


class Refusals(QObject):
    """Shows the refusals of the ``SessionCommands`` in the main window and in the session's own."""

    def __init__(self, commands: SessionCommands, window: MainWindow, tabs: SessionTabs) -> None:
        super().__init__(window)
        self._window = window
        self._tabs = tabs
        commands.refused.connect(self._say)
        commands.mended.connect(self._take_away)

    def _say(self, session_id: str, text: str) -> None:
        """Tell it where one looks: the session may have a window of its own."""
        self._window.show_notice(text)
        if (tab := self._tabs.tab(session_id)) is not None:
            tab.ui.message.say(text, Tone.ERROR)

    def _take_away(self, session_id: str, text: str) -> None:
        """Take away what a refusal has put there, and nothing else."""
        if self._window.ui.noticeBanner.text == text:
            self._window.show_notice("")
        tab = self._tabs.tab(session_id)
        if tab is not None and tab.ui.message.text() == text:
            tab.ui.message.say("")
