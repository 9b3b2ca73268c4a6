"""Tool tips made of what others wrote."""

from PySide6.QtGui import Qt


def tool_tip(text: str) -> str:
    """Return *text* as a tool tip that shows just that.

    Qt takes a tool tip that looks like markup for markup, and loads the pictures that it names:
    from a Windows share this would tell its owner who the technician is.
    """
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
