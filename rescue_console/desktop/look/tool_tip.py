"""Tool tips with text that others wrote."""

from PySide6.QtGui import Qt


def tool_tip(text: str) -> str:
    """Return *text* as a tool tip that shows exactly that text.

    Qt treats a tool tip that looks like markup as markup, and loads the pictures that it names.
    From a Windows share, this would tell the share's owner who the technician is.
    """
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
