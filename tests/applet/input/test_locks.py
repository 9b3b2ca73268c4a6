"""Text arrives as typed, and shortcuts work, whatever lock and layout the customer has on."""

import contextlib
import subprocess
from collections.abc import Iterator

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError
from Xlib.ext import xtest

from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.duties.control import Control
from rescue_console.applet.input.x11 import XDevice
from rescue_console.protocol.channel import KeyChanged, TextTyped
from rescue_console.protocol.powers import Power
from tests.stage.applets.granting import grant
from tests.stage.applets.running import QT_TARGET, TARGET, Person, Target, running_target
from tests.stage.until import WAIT_S

CAPS_LOCK, NUM_LOCK, NEXT_LAYOUT = 66, 77, 78
"""Keys by their numbers, which no layout changes."""

SITUATIONS = [
    ("us", "", [CAPS_LOCK]),
    ("us", "caps:shiftlock", [CAPS_LOCK]),
    ("us", "", [NUM_LOCK]),
    ("us(intl)", "", [CAPS_LOCK]),
    ("fr", "", [CAPS_LOCK, NUM_LOCK]),
    ("fr", "caps:shiftlock", [CAPS_LOCK]),
    ("de", "", [CAPS_LOCK]),
    ("ru", "", [CAPS_LOCK]),
    ("gr", "", [CAPS_LOCK]),
    ("tr", "", [CAPS_LOCK]),
    ("us,fr", "", [NEXT_LAYOUT]),
    ("us,de", "", [NEXT_LAYOUT, CAPS_LOCK]),
    ("ru,us", "", [NEXT_LAYOUT, CAPS_LOCK]),
    ("us,fr,ru,gr", "", [NEXT_LAYOUT] * 3 + [CAPS_LOCK]),
]
TEXTS = [
    "Passw0rd: aBc-XyZ_(1+2)=3; ~^`",
    "Straße ÀÇÉ éß ñœ €@#",
    "Привет МИР ж Ж",
    "ΑΒΓ αβγ ς",
    "İıIi ǅ ﬁ 日本",
]


class Hands:
    """The applet's control of one screen."""

    def __init__(self, device: XDevice) -> None:
        grants = Grants(lambda _: None)
        self.device = device
        self.control = Control(device, grants, OwnWindows(), lambda _: None)
        grant(grants, [Power.CONTROL])

    async def type(self, text: str) -> None:
        await self.control.do(TextTyped(text=text))

    async def press(self, *codes: str, makes: str = "") -> None:
        """Press keys together; *makes* belongs to the last one."""
        last = codes[-1]
        keys = [KeyChanged(code=code, down=True) for code in codes[:-1]]
        keys.append(KeyChanged(code=last, down=True, makes=makes))
        for key in keys:
            await self.control.do(key)
        for key in reversed(keys):
            await self.control.do(KeyChanged(code=key.code, down=False, makes=key.makes))


@pytest.fixture
def device(screen: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[XDevice]:
    monkeypatch.setenv("DISPLAY", screen["DISPLAY"])
    device = XDevice()
    yield device
    with contextlib.suppress(ConnectionClosedError):
        device.close()


@pytest.fixture
def person(screen: dict[str, str]) -> Person:
    return Person(screen | {"LC_ALL": "C.UTF-8"})


def lay_out(person: Person, layouts: str, option: str) -> None:
    """Set the layouts, of which Scroll Lock chooses the next one."""
    names = [layout.partition("(") for layout in layouts.split(",")]
    words = ["-layout", ",".join(name for name, _, _ in names)]
    words += ["-variant", ",".join(variant.rstrip(")") for _, _, variant in names)]
    options = ["-option", "", "-option", "grp:sclk_toggle"]
    options += ["-option", option] if option else []
    subprocess.run(
        ["setxkbmap", *options, *words], env=person.environment, check=True, timeout=WAIT_S
    )


def turn_on(person: Person, keys: list[int]) -> None:
    """Press keys as the customer does; xdotool would set the layout back afterwards."""
    display = Display(person.environment["DISPLAY"])
    for key in keys:
        xtest.fake_input(display, X.KeyPress, key)
        xtest.fake_input(display, X.KeyRelease, key)
    display.sync()
    display.close()


def state(person: Person) -> int:
    """Return the locks that are on, and the layout in use."""
    display = Display(person.environment["DISPLAY"])
    mask: int = display.screen().root.query_pointer().mask
    display.close()
    return mask


async def typed(hands: Hands, target: Target, text: str) -> str:
    """Type a text, then a key that tells what has arrived; take it away again."""
    await hands.type(text)
    await hands.press("F3")
    told = (await target.until("up F3")).removeprefix("up F3").removeprefix(" ")
    await hands.type("\b" * len(text))
    await hands.press("F4")
    assert await target.until("up F4") == "up F4"
    return told


@pytest.mark.parametrize("program", [TARGET, QT_TARGET], ids=["Xlib", "Qt"])
@pytest.mark.parametrize(("layouts", "option", "keys"), SITUATIONS)
async def test_text_arrives_as_typed_and_leaves_the_lock_alone(
    device: XDevice,
    person: Person,
    program: str,
    layouts: str,
    option: str,
    keys: list[int],
) -> None:
    lay_out(person, layouts, option)
    turn_on(person, keys)
    before = state(person)
    assert before & ~X.Button1Mask
    hands = Hands(device)
    async with running_target(person.environment, program) as target:
        person.look_at("^Target$")
        for text in TEXTS:
            assert await typed(hands, target, text) == text
        assert state(person) == before


@pytest.mark.parametrize("program", [TARGET, QT_TARGET], ids=["Xlib", "Qt"])
@pytest.mark.parametrize(
    ("layouts", "keys"),
    [
        ("us", [CAPS_LOCK]),
        ("fr", [CAPS_LOCK]),
        ("us,fr", [NEXT_LAYOUT]),
        ("us,de", [NEXT_LAYOUT, CAPS_LOCK]),
    ],
)
async def test_a_shortcut_is_that_of_the_letter(
    device: XDevice, person: Person, program: str, layouts: str, keys: list[int]
) -> None:
    lay_out(person, layouts, "")
    turn_on(person, keys)
    hands = Hands(device)
    async with running_target(person.environment, program) as target:
        person.look_at("^Target$")
        # The keys of an American keyboard, and of a French one.
        for code, makes in (("KeyQ", "q"), ("KeyQ", "a"), ("KeyZ", "z"), ("KeyC", "c")):
            await hands.press("ControlLeft", code, makes=makes)
            await target.until("down Control")
            assert (await target.until("down")).lower() == f"down {makes}"


async def test_a_shortcut_is_pressed_in_its_american_place_where_no_layout_has_latin_letters(
    device: XDevice, person: Person
) -> None:
    lay_out(person, "ru", "")
    hands = Hands(device)
    async with running_target(person.environment, QT_TARGET) as target:
        person.look_at("^Target$")
        # Ctrl+Z on a French keyboard.
        await hands.press("ControlLeft", "KeyW", makes="z")
        await target.until("down Я")


async def test_a_key_is_released_that_was_pressed_although_another_makes_the_letter_now(
    device: XDevice, person: Person
) -> None:
    lay_out(person, "us", "")
    hands = Hands(device)
    async with running_target(person.environment) as target:
        person.look_at("^Target$")
        await hands.control.do(KeyChanged(code="KeyA", down=True, makes="a"))
        await target.until("down a")
        lay_out(person, "fr", "")
        await hands.control.do(KeyChanged(code="KeyA", down=False, makes="a"))
        display = Display(person.environment["DISPLAY"])
        assert not any(display.query_keymap())
        display.close()


async def test_more_characters_than_there_are_keys_arrive_despite_a_lock(
    device: XDevice, person: Person
) -> None:
    lay_out(person, "us", "")
    turn_on(person, [CAPS_LOCK])
    hands = Hands(device)
    async with running_target(person.environment) as target:
        person.look_at("^Target$")
        for start in range(ord("一"), ord("一") + 320, 16):
            text = "".join(map(chr, range(start, start + 16)))
            assert await typed(hands, target, text) == text


def test_the_keyboard_is_left_as_it_was(screen: dict[str, str], device: XDevice) -> None:
    display = Display(screen["DISPLAY"])

    def mapping() -> list[list[int]]:
        first, last = display.display.info.min_keycode, display.display.info.max_keycode
        return [
            [keysym for keysym in keysyms if keysym]
            for keysyms in display.get_keyboard_mapping(first, last - first + 1)
        ]

    before = mapping()
    device.ready_text("Жж漢")
    assert mapping() != before
    device.close()
    assert mapping() == before
    display.close()
