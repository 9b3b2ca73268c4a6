"""Long text: Stop does not wait for it, and other work goes on meanwhile."""

import asyncio
import threading
from collections.abc import Callable

from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.duties.control import Control
from rescue_console.applet.input.base import Ready
from rescue_console.protocol.channel import KeyChanged, TextTyped
from rescue_console.protocol.powers import Power
from tests.stage.applets.granting import grant
from tests.stage.applets.written_down import WrittenDown


class Typewriter(WrittenDown):
    """Records what is typed.

    Attributes:
        on_key: Called while a key goes down or comes up.
    """

    def __init__(self) -> None:
        super().__init__([])
        self.typed = ""
        self.on_key: Callable[[], None] = lambda: None

    def ready_text(self, text: str) -> Ready:
        return Ready(min(len(text), 10), 0.0)

    def type_text(self, text: str) -> None:
        self.typed += text
        self.on_key()

    def key(self, code: str, *, down: bool, makes: str = "") -> None:
        super().key(code, down=down, makes=makes)
        self.on_key()


def controlled() -> tuple[Typewriter, Control, Grants]:
    device = Typewriter()
    grants = Grants(lambda power: control.power_ended(power))
    control = Control(device, grants, OwnWindows(), lambda _: None)
    grant(grants, [Power.CONTROL])
    return device, control, grants


async def test_no_character_is_typed_after_stop() -> None:
    device, control, grants = controlled()
    stopping = threading.Thread(target=lambda: grants.take_back([Power.CONTROL]))

    def stop_in_the_middle() -> None:
        if len(device.typed) == 15:
            stopping.start()
            while grants.has(Power.CONTROL):
                continue

    device.on_key = stop_in_the_middle
    await control.do(TextTyped(text="漢" * 1_000))
    stopping.join()

    assert len(device.typed) == 15


async def test_other_work_goes_on_while_a_long_text_is_typed() -> None:
    device, control, _ = controlled()
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    turning = asyncio.create_task(turn())
    await control.do(TextTyped(text="a\r\nb" * 250))
    turning.cancel()

    assert device.typed == "a\nb" * 250
    assert turns >= 750 / 10


async def test_a_key_that_cannot_be_released_does_not_keep_others_down(
    expected_errors: list[str],
) -> None:
    expected_errors.append("could not be released")
    device, control, _ = controlled()
    for code in ("KeyA", "KeyB", "ShiftLeft"):
        await control.do(KeyChanged(code=code, down=True))

    def refuse_once() -> None:
        device.on_key = lambda: None
        raise OSError("no")

    device.on_key = refuse_once
    control.release_all()

    assert device.held == []
