"""A technician on a separate X screen, in control of an applet, with a made-up picture in focus.

``python -m tests.stage.technicians.keyboard_desk URL SESSION``: asks for control, prints ``ready``
once keys that are pressed over the picture go to the applet, and runs until it is terminated.
"""

import asyncio
import sys

import qasync
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.media.base import Picture
from rescue_console.protocol.powers import Power
from tests.stage.technicians.screen_technician import Technician
from tests.stage.until import until_here

WIDTH, HEIGHT = 800, 600
WITHIN_S = 120.0
"""How long the customer may take to bring the applet and to allow control."""


async def main(url: str, session_id: str) -> None:
    technician = Technician(url, session_id)
    pane = technician.pane
    await until_here(pane.ui.askButton.isEnabled, within_s=WITHIN_S)
    technician.ask(Power.CONTROL)
    area = pane.ui.area
    await until_here(
        lambda: area.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), within_s=WITHIN_S
    )
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkBlue)
    area.show_picture(Picture(image, QSize(WIDTH, HEIGHT)))
    pane.ui.stack.setCurrentWidget(pane.ui.picturePage)

    def has_keyboard() -> bool:
        # Asked for anew: the screen passes over a window that it does not show yet.
        pane.activateWindow()
        area.setFocus()
        return area.hasFocus()

    await until_here(has_keyboard, within_s=WITHIN_S)
    print("ready", flush=True)  # noqa: T201 (its answer)
    await asyncio.Event().wait()


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qasync.QEventLoop(application).run_until_complete(main(sys.argv[1], sys.argv[2]))
