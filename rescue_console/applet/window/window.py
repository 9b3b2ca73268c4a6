"""The applet's window: small, always on top, one page at a time. It decides nothing.

Only the window and its pages use tkinter. They run in the main thread.
"""

import contextlib
import queue
import tkinter
from tkinter import ttk

from rescue_console.applet.consent.own_windows import Area, OwnWindows
from rescue_console.applet.window.helping_page import HelpingPage
from rescue_console.applet.window.looks import set_looks
from rescue_console.applet.window.page import Page
from rescue_console.applet.window.pages import (
    BusyPage,
    ConfirmPage,
    EndedPage,
    JoinPage,
    TypingPage,
)
from rescue_console.applet.window.restarting_page import RestartingPage
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import (
    AskJoin,
    AskPin,
    AskServer,
    Busy,
    ConfirmServer,
    Ended,
    Helping,
    Order,
    Person,
    Quit,
    ReadClipboard,
    Restarting,
    View,
    WriteClipboard,
)

LOOK_EVERY_MS = 15
"""How often the window looks for orders: at least once per frame of a 60 Hz screen."""

_MARGIN = 8
"""Pixels around the window, for its frame, where the technician cannot click either."""


class Window:
    """Shows or does what ``put`` is given, and tells *person* what the person wants.

    Raises:
        tkinter.TclError: there is no screen.
    """

    def __init__(self, texts: Texts, own_windows: OwnWindows) -> None:
        self._texts = texts
        self._own_windows = own_windows
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._person: Person | None = None
        self._page: Page | None = None
        self._view: View | None = None
        self._root = root = tkinter.Tk(className="Rescue")
        root.title(texts("Rescue"))
        root.attributes("-topmost", True)
        root.resizable(width=False, height=False)
        root.protocol("WM_DELETE_WINDOW", self._closed)
        # Bound to the window, these also see the events of every widget in it.
        root.bind("<Configure>", lambda _event: self._placed())
        root.bind("<FocusIn>", lambda _event: own_windows.focused(True))
        root.bind("<FocusOut>", lambda _event: self._look_at_focus())
        set_looks(ttk.Style(root), plain=root.tk.call("tk", "windowingsystem") == "x11")
        self._show(Busy(texts("Connecting…")))
        self._to_the_corner()

    def put(self, order: Order) -> None:
        """Show or do something soon; may be called from any thread."""
        self._orders.put(order)

    def run(self, person: Person) -> None:
        """Run until told to quit; *person* is told what the person wants."""
        self._person = person
        self._look()
        self._root.mainloop()

    def _look(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                order = self._orders.get_nowait()
                if isinstance(order, Quit):
                    self._root.destroy()
                    return
                self._do(order)
        self._root.after(LOOK_EVERY_MS, self._look)

    def _do(self, order: View | ReadClipboard | WriteClipboard) -> None:
        match order:
            case ReadClipboard():
                order.done(self._clipboard())
            case WriteClipboard():
                self._root.clipboard_clear()
                self._root.clipboard_append(order.text)
            case _:
                self._show(order)

    def _clipboard(self) -> str:
        try:
            return str(self._root.clipboard_get(type=self._text_type()))
        except tkinter.TclError:
            return ""

    def _text_type(self) -> str:
        return "UTF8_STRING" if self._root.tk.call("tk", "windowingsystem") == "x11" else "STRING"

    def _show(self, view: View) -> None:
        if view == self._view:
            return
        if self._page is None or type(view) is not type(self._view):
            if self._page is not None:
                self._page.frame.destroy()
            self._page = self._make_page(view)
            self._page.frame.pack(fill="both", expand=True)
        self._view = view
        self._page.show(view)
        self._root.update_idletasks()
        self._placed()

    def _make_page(self, view: View) -> Page:
        texts = self._texts
        arguments = (self._root, texts, self._listener)
        match view:
            case AskServer():
                what = texts("Enter the address of the server that your technician gave you.")
                return TypingPage(*arguments, what, texts("Server address"))
            case AskPin():
                what = texts("Enter the PIN code that your technician gave you.")
                return TypingPage(*arguments, what, texts("PIN code"))
            case ConfirmServer():
                return ConfirmPage(*arguments)
            case AskJoin():
                return JoinPage(*arguments)
            case Busy():
                return BusyPage(*arguments)
            case Ended():
                return EndedPage(*arguments)
            case Helping():
                return HelpingPage(*arguments)
            case Restarting():
                return RestartingPage(*arguments)

    def _listener(self) -> Person:
        assert self._person is not None, "nothing can be pressed before the window runs"
        return self._person

    def _closed(self) -> None:
        if self._person is None:
            self._root.destroy()
        elif self._page is None or isinstance(self._view, Ended) or not self._page.ask_to_end():
            self._person.end()

    def _placed(self) -> None:
        root = self._root
        frame_left, frame_top = root.winfo_x(), root.winfo_y()
        right = root.winfo_rootx() + root.winfo_width() + _MARGIN
        bottom = root.winfo_rooty() + root.winfo_height() + _MARGIN
        left, top = frame_left - _MARGIN, frame_top - _MARGIN
        self._own_windows.placed(Area(left, top, right - left, bottom - top))

    def _look_at_focus(self) -> None:
        try:
            focused = self._root.focus_displayof() is not None
        except KeyError:
            # WORKAROUND https://github.com/python/cpython/issues/88758: a menu without a widget.
            focused = True
        self._own_windows.focused(focused)

    def _to_the_corner(self) -> None:
        self._root.update_idletasks()
        left = self._root.winfo_screenwidth() - 420
        top = 60
        self._root.geometry(f"+{max(left, 0)}+{top}")
