"""How the applet's window looks: fonts on every system, colours where the system has none."""

from tkinter import ttk

_PAPER = "#f5f6f8"
_INK = "#1b2733"
_FAINT = "#aab4be"
_STOP = "#b3261e"


def set_looks(style: ttk.Style, *, plain: bool) -> None:
    """Set the styles of all pages.

    Args:
        plain: Whether the system has no look of its own for Tk, as on X11.
    """
    if plain and "clam" in style.theme_names():
        style.theme_use("clam")
        _set_colours(style)
    style.configure("Title.TLabel", font=("TkDefaultFont", 13, "bold"))
    style.configure("Host.TLabel", font=("TkDefaultFont", 18, "bold"))
    style.configure("Code.TLabel", font=("TkDefaultFont", 13, "bold"))
    style.configure("Stop.TButton", font=("TkDefaultFont", 16, "bold"), padding=10)


def _set_colours(style: ttk.Style) -> None:
    style.configure(".", background=_PAPER, foreground=_INK)
    style.configure(
        "TButton",
        background="white",
        bordercolor=_FAINT,
        lightcolor="white",
        darkcolor="white",
    )
    style.map("TButton", background=[("active", "#e6eaee")], bordercolor=[("focus", _INK)])
    style.configure(
        "Stop.TButton",
        background=_STOP,
        foreground="white",
        bordercolor=_STOP,
        lightcolor=_STOP,
        darkcolor=_STOP,
    )
    style.map("Stop.TButton", background=[("active", "#8c1d18")], bordercolor=[("focus", _INK)])
