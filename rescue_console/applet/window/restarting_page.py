"""The page of the countdown before a restart, which the person may skip or cancel."""

import tkinter
from collections.abc import Callable

from rescue_console.applet.window.page import Page
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Person, Restarting


class RestartingPage(Page):
    """Counts down, then offers Stop: programs may keep the computer running for minutes."""

    def __init__(self, parent: tkinter.Misc, texts: Texts, person: Callable[[], Person]) -> None:
        super().__init__(parent, texts, person)
        self._title = self.label("", "Host.TLabel")
        self._text = self.label()
        self.label(texts("Once you have signed in again, the session goes on by itself."))
        self._now = self.button(texts("Restart now"), lambda: self.person.restart_now())
        self._cancel = self.button(
            texts("Cancel"), lambda: self.person.cancel_restart(), "Stop.TButton"
        )
        self._notify = self.passing_label()
        # The safe answer has the keyboard, so that typing on does not restart anything.
        self._cancel.focus_set()
        self._counting = True
        self.frame.bell()

    def show(self, view: Restarting) -> None:
        """Show how much time is left."""
        texts = self.texts
        counted, self._counting = self._counting, view.seconds > 0
        self._notify(view.notice)
        if self._counting:
            self._title.configure(text=texts("Restart in {seconds} s", seconds=str(view.seconds)))
            self._text.configure(
                text=texts(
                    "{technician} restarts this computer, as you have allowed. Save your work now.",
                    technician=view.technician,
                )
            )
        elif counted:
            self._title.configure(text=texts("This computer restarts now."))
            self._text.pack_forget()
            self._now.pack_forget()
            self._cancel.pack_forget()
            self.button(texts("Stop"), lambda: self.person.stop(), "Stop.TButton")
            self.button(texts("End session"), lambda: self.person.end())

    def ask_to_end(self) -> bool:
        """Cancel a running countdown instead of asking: neither work nor session is lost."""
        if self._counting:
            self.person.cancel_restart()
        return True
