"""The colours of the screens, light and dark, as data.

Every pair of text and background that a person reads has a contrast of at least 4.5:1.
Source: WCAG 2.2, success criterion 1.4.3; ``contrast`` is its definition of contrast ratio.
"""

from enum import StrEnum

from PySide6.QtGui import QColor, QPalette

Role = QPalette.ColorRole
Group = QPalette.ColorGroup


class Tone(StrEnum):
    """What a line of text means beyond its words."""

    PLAIN = "plain"
    QUIET = "quiet"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


_LIGHT = {
    Role.Window: "#f4f5f7",
    Role.WindowText: "#1c2128",
    Role.Base: "#ffffff",
    Role.AlternateBase: "#f4f6f9",
    Role.Text: "#1c2128",
    Role.Button: "#e9ebef",
    Role.ButtonText: "#1c2128",
    Role.BrightText: "#ffffff",
    Role.ToolTipBase: "#1c2128",
    Role.ToolTipText: "#f4f5f7",
    Role.PlaceholderText: "#616a76",
    Role.Highlight: "#1a5fb4",
    Role.HighlightedText: "#ffffff",
    Role.Accent: "#1a5fb4",
    Role.Link: "#1a5fb4",
    Role.LinkVisited: "#7a3e9d",
    Role.Light: "#ffffff",
    Role.Midlight: "#f0f1f4",
    Role.Mid: "#b9bec7",
    Role.Dark: "#8a929e",
    Role.Shadow: "#5b636e",
}
_LIGHT_DISABLED = "#8b929c"
_DARK = {
    Role.Window: "#23272e",
    Role.WindowText: "#e6e8eb",
    Role.Base: "#1a1d22",
    Role.AlternateBase: "#21252b",
    Role.Text: "#e6e8eb",
    Role.Button: "#2b3037",
    Role.ButtonText: "#e6e8eb",
    Role.BrightText: "#ffffff",
    Role.ToolTipBase: "#e6e8eb",
    Role.ToolTipText: "#1c2128",
    Role.PlaceholderText: "#98a1ad",
    Role.Highlight: "#2f6fc4",
    Role.HighlightedText: "#ffffff",
    Role.Accent: "#5b9bea",
    Role.Link: "#7fb2f0",
    Role.LinkVisited: "#c79ae0",
    Role.Light: "#4a525d",
    Role.Midlight: "#3d444e",
    Role.Mid: "#1f2329",
    Role.Dark: "#15181c",
    Role.Shadow: "#0b0d0f",
}
_DARK_DISABLED = "#8d95a0"

_TONES_LIGHT = {
    Tone.QUIET: "#555e6a",
    Tone.GOOD: "#1a6b35",
    Tone.WARNING: "#8a4b00",
    Tone.ERROR: "#b3211c",
}
_TONES_DARK = {
    Tone.QUIET: "#a9b1bc",
    Tone.GOOD: "#6fd08c",
    Tone.WARNING: "#f0b357",
    Tone.ERROR: "#ff8f87",
}


def build_palette(*, dark: bool) -> QPalette:
    """Return the light or the dark palette."""
    palette = QPalette()
    for role, color in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(color))
    faint = QColor(_DARK_DISABLED if dark else _LIGHT_DISABLED)
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.HighlightedText):
        palette.setColor(Group.Disabled, role, faint)
    palette.setColor(Group.Disabled, Role.Highlight, palette.color(Role.Mid))
    palette.setColor(Group.Disabled, Role.Base, palette.color(Role.Window))
    return palette


def is_dark(palette: QPalette) -> bool:
    """Tell whether a palette shows light text on a dark background."""
    return palette.color(Role.Window).lightness() < palette.color(Role.WindowText).lightness()


def tone_color(palette: QPalette, tone: Tone) -> QColor:
    """Return the colour for text of *tone* on the windows and lists of *palette*."""
    if tone is Tone.PLAIN:
        return palette.color(Role.WindowText)
    return QColor((_TONES_DARK if is_dark(palette) else _TONES_LIGHT)[tone])


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
