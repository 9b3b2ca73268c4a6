"""Where something is on the screen, for somebody who uses a real mouse.

This runs inside the app's process, like ``hand``, and finds things by the same names.
"""

from itertools import chain

from PySide6.QtWidgets import QApplication

from rescue_console.desktop.workspace.screen.picture_area import PictureArea
from tests.stage.desk.hand import NotThere, _fields, _named, _spots
from tests.stage.desk.sight import middle


def where(name: str) -> tuple[int, int]:
    """Return the pixel of the screen on which a click presses or focuses what is called *name*.

    Raises:
        NotThere: nothing of that name can be used now in the active window.
    """
    fields = ((field, middle(field)) for field in _fields(name))
    for part, place in chain(_spots(name), fields):
        if not (part.window().isActiveWindow() or QApplication.activePopupWidget()):
            # The window manager may not have placed this window yet.
            continue
        shown = part.mapToGlobal(place)
        return shown.x(), shown.y()
    raise NotThere(name)


def picture_place(name: str) -> tuple[int, int, int, int]:
    """Return left, top, width and height of the picture called *name*, in screen pixels.

    Raises:
        NotThere: there is no such picture.
    """
    area = next(_named(name, PictureArea), None)
    if area is None or area.picture is None:
        raise NotThere(name)
    shown = area.place()
    corner = area.mapToGlobal(shown.topLeft())
    return corner.x(), corner.y(), shown.width(), shown.height()
