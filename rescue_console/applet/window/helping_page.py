"""The page of a session in progress: who helps, what they may do and ask for, Stop, End session."""

import tkinter
from collections.abc import Callable
from functools import partial
from tkinter import filedialog, ttk

from rescue_console.applet.window.page import WIDTH, Page, make_button
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Helping, Person
from rescue_console.protocol.powers import Power

CALM_MS = 600
"""How long a question must have stayed in its place before it can be allowed.

So nobody allows it by a double click, or by a click meant for what was there before.
"""

FREE_EVERY_MS = 30
"""How often the page checks whether a dialog keeps the pointer from Stop."""


class HelpingPage(Page):
    """Rebuilds only what has changed, so that a button does not vanish under the pointer."""

    def __init__(self, parent: tkinter.Misc, texts: Texts, person: Callable[[], Person]) -> None:
        super().__init__(parent, texts, person)
        self._who = self.label()
        self._title = self.label("", "Title.TLabel")
        self._text = self.label()
        # Above everything that comes and goes, so that it never moves away under the pointer.
        self.button(texts("Stop"), lambda: self.person.stop(), "Stop.TButton")
        self._stops = self.label()
        self._warn = self.passing_label("Title.TLabel")
        self._no_control = self.passing_label()
        self._question = ttk.Frame(self.frame)
        self._question.pack(fill="x")
        # What comes and goes above the question moves it.
        self._question.bind("<Configure>", lambda _event: self._keep_calm())
        self._powers = ttk.Frame(self.frame)
        self._powers.pack(fill="x")
        self._notify = self.passing_label()
        self.button(texts("Share my screen"), lambda: self.person.share())
        self.label(
            texts("The screen is shared, and messages are written, on the page in your browser.")
        )
        self._show_code = self.passing_label("Code.TLabel")
        self._explain_code = self.passing_label()
        # Directly below Stop, where even a small screen shows it; Tab still reaches it last.
        self._end = ttk.Frame(self.frame)
        self._end.pack(fill="x", after=self._stops)
        self._offer_end()
        self._asked: Power | None = None
        self._allow: ttk.Button | None = None
        self._calm = ""
        self._granted: tuple[Power, ...] | None = None
        self._technician = ""
        self._choosing = False

    def show(self, view: Helping) -> None:
        """Show *view*, rebuilding only what has changed."""
        texts = self.texts
        self._technician = view.technician
        # Somebody who works alone has their own name as the organization's.
        who = dict.fromkeys([view.organization, view.technician])
        self._who.configure(text=" · ".join(who))
        self._title.configure(text=view.title)
        self._text.configure(text=view.text)
        self._stops.configure(
            text=texts(
                "Stop takes everything back at once. So do the keys {keys}.", keys=view.stop_keys
            )
            if view.stop_keys
            else texts("Stop takes everything back at once.")
        )
        self._warn(
            texts(
                "Warning: somebody else answers in place of your technician. Nothing is allowed. "
                "End the session."
            )
            if view.betrayed
            else ""
        )
        self._no_control(view.no_control)
        self._notify(view.notice)
        self._tell_code(view)
        if view.asked is not self._asked:
            self._ask(view.asked)
        if view.granted != self._granted:
            self._list(view.granted)

    def _tell_code(self, view: Helping) -> None:
        code, why = "", ""
        if view.security_code:
            code = self.texts("Security code: {code}", code=view.security_code)
            why = self.texts("Your technician must see the same code.")
        elif view.no_code:
            why = self.texts(
                "No security code: your technician’s program is an older version. Without one, "
                "you cannot check that nobody sits between you."
            )
        self._show_code(code)
        self._explain_code(why)

    def ask_to_end(self) -> bool:
        """Ask in the page whether to end the session."""
        self._empty(self._end)
        label = ttk.Label(self._end, text=self.texts("End the session now?"), wraplength=WIDTH)
        label.pack(anchor="w")
        make_button(self._end, self.texts("Yes, end it"), lambda: self.person.end())
        make_button(self._end, self.texts("Continue the session"), self._offer_end).focus_set()
        return True

    def _offer_end(self) -> None:
        self._empty(self._end)
        make_button(self._end, self.texts("End session"), self.ask_to_end)

    def _ask(self, power: Power | None) -> None:
        self._asked = power
        self._allow = None
        self._empty(self._question)
        if power is None:
            return
        question = self.texts(
            "{technician} asks to {power}.",
            technician=self._technician,
            power=self.texts.power(power),
        )
        ttk.Label(self._question, text=question, style="Title.TLabel", wraplength=WIDTH).pack(
            anchor="w", pady=(0, 4)
        )
        refuse = partial(self.person.allow, power, allowed=False)
        if power is Power.VIEW:
            # Only the page in the browser can share the screen.
            allow = make_button(self._question, self.texts("Share my screen"), self.person.share)
        else:
            grant = partial(self.person.allow, power, allowed=True)
            allow = make_button(self._question, self.texts("Allow"), grant)
        # Even while it is disabled, it keeps its place in the tab order.
        allow.configure(takefocus=True)
        self._allow = allow
        self._keep_calm()
        # The safe answer has the keyboard, so that typing on does not allow anything.
        make_button(self._question, self.texts("Don’t allow"), refuse).focus_set()
        self.frame.bell()

    def _keep_calm(self) -> None:
        # Timers belong to the window, since they may outlive this page.
        window = self.frame.winfo_toplevel()
        if self._calm:
            window.after_cancel(self._calm)
        if self._allow is not None:
            self._allow.state(["disabled"])
            self._calm = window.after(CALM_MS, self._calm_is_over)

    def _calm_is_over(self) -> None:
        if self._allow is not None and self._allow.winfo_exists():
            self._allow.state(["!disabled"])

    def _list(self, granted: tuple[Power, ...]) -> None:
        self._granted = granted
        self._empty(self._powers)
        name = self._technician
        head = (
            self.texts("{technician} may:", technician=name)
            if granted
            else self.texts(
                "{technician} may do nothing on this computer at the moment.", technician=name
            )
        )
        ttk.Label(self._powers, text=head, wraplength=WIDTH).pack(anchor="w", pady=(4, 2))
        for power in granted:
            row = ttk.Frame(self._powers)
            row.pack(fill="x")
            text = f"• {self.texts.power(power)}"
            ttk.Label(row, text=text, wraplength=WIDTH - 110).pack(side="left", anchor="w")
            take_back = partial(self.person.take_back, power)
            make_button(row, self.texts("Take back"), take_back).pack(side="right", fill="none")
        if Power.FILES in granted:
            make_button(self._powers, self.texts("Send files…"), self._choose_files)

    def _choose_files(self) -> None:
        if self._choosing:
            return
        self._choosing = True
        self.frame.winfo_toplevel().after(FREE_EVERY_MS, self._free)
        try:
            paths = filedialog.askopenfilenames(parent=self.frame, title=self.texts("Send files…"))
        finally:
            self._choosing = False
        if paths:
            self.person.send_files(paths)

    def _free(self) -> None:
        """Keep Stop usable while files are chosen: on X11 the dialog grabs the pointer."""
        if not self._choosing:
            return
        held = self.frame.tk.call("grab", "current")
        if held:
            self.frame.tk.call("grab", "release", held)
        self.frame.winfo_toplevel().after(FREE_EVERY_MS, self._free)

    @staticmethod
    def _empty(frame: ttk.Frame) -> None:
        for child in frame.winfo_children():
            child.destroy()
        # An emptied frame keeps its height until it is given another.
        frame.configure(height=1)
