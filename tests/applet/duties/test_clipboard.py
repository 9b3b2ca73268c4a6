"""The applet's half of a shared clipboard, on a system that changes line ends."""

import asyncio

from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.clipboard import LOOK_EVERY_S, Clipboard
from rescue_console.protocol.channel import TEXT_MAX, ClipboardChanged, ClipboardWanted, Message
from rescue_console.protocol.powers import Power
from tests.stage.applets.granting import grant


class Window:
    """A window's clipboard; ``looked_at_again`` waits until it has been read."""

    def __init__(self) -> None:
        self.text = ""
        self._read = asyncio.Condition()
        self.reads = 0

    async def read(self) -> str:
        async with self._read:
            self.reads += 1
            self._read.notify_all()
        return self.text

    def write(self, text: str) -> None:
        self.text = text.replace("\n", "\r\n")

    async def looked_at_again(self) -> None:
        """Wait until two more reads have begun: by then, what the first saw has been sent."""
        goal = self.reads + 2
        async with asyncio.timeout(30 * LOOK_EVERY_S), self._read:
            await self._read.wait_for(lambda: self.reads >= goal)


async def test_a_received_text_is_not_sent_back_even_if_the_system_changed_it() -> None:
    window, sent = Window(), list[Message]()
    grants = Grants(lambda power: None)
    grant(grants, [Power.CLIPBOARD])
    clipboard = Clipboard(window.read, window.write, grants, sent.append)
    await clipboard.begin()
    await window.looked_at_again()
    await clipboard.do(ClipboardChanged(text="one\ntwo"))
    await window.looked_at_again()
    assert window.text == "one\r\ntwo"
    assert sent == []
    window.text = "three"
    await window.looked_at_again()
    assert sent == [ClipboardChanged(text="three")]
    await clipboard.end()


async def test_text_that_is_too_long_or_not_allowed_is_not_sent() -> None:
    window, sent = Window(), list[Message]()
    grants = Grants(lambda power: None)
    clipboard = Clipboard(window.read, window.write, grants, sent.append)
    window.text = "secret"
    await clipboard.do(ClipboardWanted())
    grant(grants, [Power.CLIPBOARD])
    window.text = "x" * (TEXT_MAX + 1)
    await clipboard.do(ClipboardWanted())
    assert sent == []
