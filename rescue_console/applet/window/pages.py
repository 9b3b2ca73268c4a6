"""The pages that the applet's window shows before and after a session."""

import tkinter
from collections.abc import Callable
from tkinter import ttk

from rescue_console.applet.window.page import Page
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import (
    AskJoin,
    AskPin,
    AskServer,
    Busy,
    ConfirmServer,
    Ended,
    Person,
)


class TypingPage(Page):
    """Asks for one line of text."""

    def __init__(
        self,
        parent: tkinter.Misc,
        texts: Texts,
        person: Callable[[], Person],
        what: str,
        name: str,
    ) -> None:
        super().__init__(parent, texts, person)
        self.label(what, "Title.TLabel")
        self.label(name)
        self._entry = ttk.Entry(self.frame, font=("TkDefaultFont", 16))
        self._entry.pack(fill="x", pady=(0, 8))
        self._entry.bind("<Return>", lambda _event: self._typed())
        self._problem = self.label()
        self._continue = self.button(texts("Continue"), self._typed)
        self.button(texts("Quit"), lambda: self.person.end())
        self._entry.focus_set()

    def show(self, view: AskPin | AskServer) -> None:
        """Show what was wrong, and keep what was typed."""
        self._problem.configure(text=view.problem)
        self._continue.state(["!disabled"])

    def _typed(self) -> None:
        text = self._entry.get().strip()
        if text and not self._continue.instate(["disabled"]):
            self._continue.state(["disabled"])
            self.person.typed(text)


class ConfirmPage(Page):
    """Shows a server's name in large type, and asks whether it is the right one."""

    def __init__(self, parent: tkinter.Misc, texts: Texts, person: Callable[[], Person]) -> None:
        super().__init__(parent, texts, person)
        self.label(texts("Is this the address that your technician gave you?"), "Title.TLabel")
        self._host = self.label("", "Host.TLabel")
        _warn(self)
        self.button(texts("Yes, this is the address"), lambda: self.person.typed("yes"))
        self.button(texts("No"), lambda: self.person.typed("")).focus_set()

    def show(self, view: ConfirmServer) -> None:
        """Show the host."""
        self._host.configure(text=view.host)


class JoinPage(Page):
    """Asks whether to join; a key pressed by accident joins nothing."""

    def __init__(self, parent: tkinter.Misc, texts: Texts, person: Callable[[], Person]) -> None:
        super().__init__(parent, texts, person)
        self.label(texts("Join the session, so that a technician can help you?"), "Title.TLabel")
        self._host = self.label("", "Host.TLabel")
        _warn(self)
        self.button(texts("Join the session"), lambda: self.person.typed("yes"))
        self.button(texts("Quit"), lambda: self.person.end()).focus_set()

    def show(self, view: AskJoin) -> None:
        """Show the host."""
        self._host.configure(text=view.host)


class BusyPage(Page):
    """Says what the applet is doing, and perhaps offers to try again."""

    def __init__(self, parent: tkinter.Misc, texts: Texts, person: Callable[[], Person]) -> None:
        super().__init__(parent, texts, person)
        self._text = self.label("", "Title.TLabel")
        self._retry = self.button(texts("Try again"), lambda: self.person.typed("retry"))
        self._retry.pack_forget()
        self._quit = self.button(texts("Quit"), lambda: self.person.end())

    def show(self, view: Busy) -> None:
        """Show the text and, if it may be tried again, the button for that."""
        self._text.configure(text=view.text)
        if view.retry:
            self._retry.pack(fill="x", pady=3, before=self._quit)
            self._retry.focus_set()
        else:
            self._retry.pack_forget()


class EndedPage(Page):
    """Says that the session is over."""

    def __init__(self, parent: tkinter.Misc, texts: Texts, person: Callable[[], Person]) -> None:
        super().__init__(parent, texts, person)
        self._title = self.label("", "Title.TLabel")
        self._text = self.label()
        self.label(texts("Nothing was installed. You can delete the downloaded file."))
        self.button(texts("Close"), lambda: self.person.end()).focus_set()

    def show(self, view: Ended) -> None:
        """Show how it ended."""
        self._title.configure(text=view.title)
        self._text.configure(text=view.text)


def _warn(page: Page) -> None:
    """Warn those who do not know whoever asked them to run this program."""
    page.label(
        page.texts(
            "Only go on if you know whoever asked you to run this program. "
            "If somebody called you unexpectedly, close it."
        )
    )
