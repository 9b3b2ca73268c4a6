"""The section that shows a screen, in control of an applet, for ``bench_keys``.

``python -m benchmarks.key_console URL SESSION``: asks for control, writes ``ready`` once keys that
are pressed over the picture go to the applet, and lives until it is ended.
"""

import asyncio
import sys

import qasync
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from benchmarks.waiting import until
from rescue_console.desktop.media.base import Picture
from rescue_console.protocol.powers import Power
from tests.desktop.screen.technician import Technician

WIDTH, HEIGHT = 800, 600


async def main(url: str, session_id: str) -> None:
    technician = Technician(url, session_id)
    pane = technician.pane
    await until(pane.ui.askButton.isEnabled)
    technician.ask(Power.CONTROL)
    area = pane.ui.area
    await until(lambda: area.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled))
    # Seeing is measured elsewhere: any picture lets the keyboard be there.
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkBlue)
    area.show_picture(Picture(image, QSize(WIDTH, HEIGHT)))
    pane.ui.stack.setCurrentWidget(pane.ui.picturePage)
    pane.activateWindow()
    area.setFocus()
    await until(area.hasFocus)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qasync.QEventLoop(application).run_until_complete(main(sys.argv[1], sys.argv[2]))
