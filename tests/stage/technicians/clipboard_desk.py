"""A technician on a separate X screen who keeps both clipboards the same.

``python -m tests.stage.technicians.clipboard_desk URL SESSION``: asks for the clipboard and prints
``ready`` once texts go both ways automatically. Each line on standard input is answered with how
many texts were sent and how many received. The program runs until standard input ends.
"""

import asyncio
import sys

import qasync
from PySide6.QtWidgets import QApplication

from rescue_console.protocol.channel import ClipboardChanged, Message
from rescue_console.protocol.powers import Power
from tests.stage.technicians.screen_technician import Technician
from tests.stage.until import until_here

WITHIN_S = 120.0
"""How long the customer may take to bring the applet and to allow the clipboard."""


async def main(url: str, session_id: str) -> None:
    technician = Technician(url, session_id)
    sent, received = _count(technician)
    button = technician.pane.ui.clipboardButton
    await until_here(lambda: technician.session.applet, within_s=WITHIN_S)
    technician.ask(Power.CLIPBOARD)
    await until_here(lambda: not button.isHidden(), within_s=WITHIN_S)
    technician.pane.clipboard.automatic.trigger()
    print("ready", flush=True)  # noqa: T201 (its answer)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(len(sent), len(received), flush=True)  # noqa: T201 (its answer)
    await technician.aclose()


def _count(technician: Technician) -> tuple[list[Message], list[Message]]:
    sent: list[Message] = []
    received: list[Message] = []
    post = technician.channel.post

    def count_and_post(message: Message) -> None:
        if isinstance(message, ClipboardChanged):
            sent.append(message)
        post(message)

    def count_received(message: Message) -> None:
        if isinstance(message, ClipboardChanged):
            received.append(message)

    technician.channel.post = count_and_post  # type: ignore[method-assign]
    technician.channel.received.connect(count_received)
    return sent, received


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    qasync.QEventLoop(application).run_until_complete(main(sys.argv[1], sys.argv[2]))
