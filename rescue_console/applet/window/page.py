"""What all pages of the applet's window have in common."""

import tkinter
from abc import ABC, abstractmethod
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Person

WIDTH = 360
"""Pixels after which text wraps."""


class Page(ABC):
    """One page: its frame, and what it shows.

    Args:
        person: Returns the object to tell what the person wants.
    """

    def __init__(self, parent: tkinter.Misc, texts: Texts, person: Callable[[], Person]) -> None:
        self.frame = ttk.Frame(parent, padding=14)
        self.texts = texts
        self._person = person

    @property
    def person(self) -> Person:
        """The object to tell what the person wants."""
        return self._person()

    @abstractmethod
    def show(self, view: Any) -> None:
        """Show *view*, which is of this page's kind."""

    def ask_to_end(self) -> bool:
        """Ask whether to end the session; return False if there is nothing to ask."""
        return False

    def label(self, text: str = "", style: str = "TLabel") -> ttk.Label:
        """Add a text."""
        label = ttk.Label(self.frame, text=text, style=style, wraplength=WIDTH, justify="left")
        label.pack(anchor="w", pady=(0, 6), fill="x")
        return label

    def passing_label(self, style: str = "TLabel") -> Callable[[str], None]:
        """Add a text that takes no room while it is empty; return the function that sets it."""
        frame = ttk.Frame(self.frame, height=1)
        frame.pack(fill="x")
        label = ttk.Label(frame, style=style, wraplength=WIDTH, justify="left")

        def say(text: str) -> None:
            label.configure(text=text)
            if text:
                label.pack(anchor="w", pady=(0, 6), fill="x")
            else:
                label.pack_forget()
                # An emptied frame keeps its height until it is given another.
                frame.configure(height=1)

        return say

    def button(
        self, text: str, command: Callable[[], object], style: str = "TButton"
    ) -> ttk.Button:
        """Add a button, which Return presses as Space does."""
        return make_button(self.frame, text, command, style)


def make_button(
    parent: tkinter.Misc, text: str, command: Callable[[], object], style: str = "TButton"
) -> ttk.Button:
    """Add a button at the bottom of *parent* and return it; Return presses it as Space does."""
    button = ttk.Button(parent, text=text, command=command, style=style)
    button.bind("<Return>", lambda _event: button.invoke())
    button.pack(fill="x", pady=3)
    return button
