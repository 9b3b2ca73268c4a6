"""Control from end to end: from a console to a program on the customer's screen."""

import asyncio
import subprocess
from collections.abc import AsyncIterator

import pytest

from rescue_console.protocol.channel import (
    AllReleased,
    ButtonChanged,
    ControlPaused,
    KeyChanged,
    MouseButton,
    PointerMoved,
    SecureAttention,
    TextTyped,
    WheelTurned,
)
from tests.stage.applets.helped import Helped, key
from tests.stage.applets.running import Target, running_target
from tests.stage.until import until

TO_TARGET = PointerMoved(screen=0, x=0.05, y=0.1)
PRESS = ButtonChanged(button=MouseButton.LEFT, down=True)
RELEASE = ButtonChanged(button=MouseButton.LEFT, down=False)


@pytest.fixture
async def target(help_: Helped, screen: dict[str, str]) -> AsyncIterator[Target]:
    async with running_target(screen) as target:
        yield target


async def test_nothing_reaches_the_screen_before_control_is_granted(
    help_: Helped, target: Target
) -> None:
    help_.console.post_all(*key("KeyB"))
    await help_.in_control()
    await help_.type_into(target)
    help_.console.post_all(*key("KeyA"))

    await target.until("up a a")

    assert "down b" not in target.seen


async def test_keys_are_pressed_by_place_together_with_those_held(
    help_: Helped, target: Target
) -> None:
    await help_.in_control()
    await help_.type_into(target)
    shift_down, shift_up = key("ShiftLeft")

    help_.console.post_all(*key("KeyQ"), shift_down, *key("Digit1"), shift_up, *key("Minus"))

    assert await target.until("up minus") == "up minus q!-"


async def test_a_shortcut_presses_the_key_that_makes_the_letter_there(
    help_: Helped, target: Target, screen: dict[str, str]
) -> None:
    await asyncio.to_thread(
        subprocess.run, ["setxkbmap", "-layout", "fr"], env=screen, check=True, timeout=30
    )
    await help_.in_control()
    await help_.type_into(target)
    for makes in ("z", ""):
        help_.console.post_all(
            KeyChanged(code="KeyZ", down=True, makes=makes),
            KeyChanged(code="KeyZ", down=False, makes=makes),
        )
    assert await target.until("up") == "up z z"
    # By its place alone, this key is the W of a French keyboard.
    assert await target.until("up") == "up w zw"


async def test_text_arrives_unchanged_even_if_no_key_makes_it(
    help_: Helped, target: Target
) -> None:
    await help_.in_control()
    await help_.type_into(target)

    help_.console.post_all(TextTyped(text="Où est l’été ? 100 € → Ω Жя 漢 ß@x"), *key("F2"))

    assert await target.until("up F2") == "up F2 Où est l’été ? 100 € → Ω Жя 漢 ß@x"


async def test_more_rare_characters_than_there_are_spare_keys_arrive_in_order(
    help_: Helped, target: Target
) -> None:
    await help_.in_control()
    await help_.type_into(target)
    rare = "".join(chr(0x4E00 + number) for number in range(40))

    help_.console.post_all(TextTyped(text=rare), *key("F2"))

    assert await target.until("up F2") == f"up F2 {rare}"


async def test_ctrl_alt_del_is_pressed_alone_as_ordinary_keys(
    help_: Helped, target: Target
) -> None:
    await help_.in_control()
    await help_.type_into(target)
    before, typed = len(help_.console.seen), len(target.seen)
    # What is held would make another shortcut of it.
    help_.console.post_all(KeyChanged(code="ShiftLeft", down=True), SecureAttention(), *key("KeyA"))
    await target.until("up a")

    assert [line for line in target.seen[typed:] if line.startswith("down")] == [
        "down Shift_L",
        "down Control_L",
        "down Alt_L",
        "down Delete",
        "down a",
    ]
    assert target.seen.index("up Delete") < target.seen.index("up Control_L")
    # The keys were not mistaken for the customer's own input.
    pauses = [each for each in help_.console.seen[before:] if isinstance(each, ControlPaused)]
    assert pauses == []


async def test_the_mouse_clicks_drags_and_scrolls_where_the_technician_points(
    help_: Helped, target: Target
) -> None:
    await help_.in_control()

    help_.console.post_all(TO_TARGET, PRESS)
    pressed = await target.until("press")
    help_.console.post_all(PointerMoved(screen=0, x=0.1, y=0.2), RELEASE)
    await target.until("release 1")
    help_.console.post_all(WheelTurned(y=-1))
    turned = await target.until("press")

    assert pressed == "press 1 64 80"
    assert turned == "press 5 128 160"


async def test_stop_ends_control_and_releases_held_keys(help_: Helped, target: Target) -> None:
    await help_.in_control()
    await help_.type_into(target)
    help_.console.post_all(KeyChanged(code="KeyA", down=True))
    await target.until("down a")

    help_.person.do("key", "ctrl+alt+Pause")
    await target.until("up a")
    await until(lambda: help_.console.session()["consents"].get("control") == "denied")
    help_.console.post_all(TO_TARGET, PRESS, RELEASE, *key("KeyZ"))
    # Messages arrive in order: once these keys arrive, the earlier input would have, too.
    await help_.in_control()
    await help_.type_into(target)
    help_.console.post_all(*key("KeyY"))
    await target.until("up y")

    assert "down z" not in target.seen
    assert not [line for line in target.seen if line.startswith("press")]


async def test_the_stop_button_ends_control_with_one_click(help_: Helped) -> None:
    await help_.in_control()

    help_.person.click_in_applet(196, 130)

    await until(lambda: help_.console.session()["consents"].get("control") == "denied")


async def test_keys_are_released_when_the_console_says_so_or_is_lost(
    help_: Helped, target: Target
) -> None:
    await help_.in_control()
    await help_.type_into(target)
    for letting_go in (AllReleased(), None):
        help_.console.post_all(KeyChanged(code="KeyA", down=True))
        await target.until("down a")
        if letting_go is not None:
            help_.console.post_all(letting_go)
        else:
            help_.console.leave()
        await target.until("up a")


async def test_the_customers_own_input_pauses_control(help_: Helped, target: Target) -> None:
    await help_.in_control()
    before = len(help_.console.seen)

    help_.person.do("mousemove", "11", "12")
    await help_.console.until(ControlPaused, lambda each: each.paused, before)
    help_.console.post_all(PRESS, RELEASE)
    await help_.console.until(ControlPaused, lambda each: not each.paused, before)
    help_.console.post_all(TO_TARGET, PRESS, RELEASE)

    # The first press that arrives is the one after the pause.
    assert await target.until("press") == "press 1 64 80"


async def test_the_technician_cannot_press_the_applets_own_buttons(help_: Helped) -> None:
    await help_.in_control()
    for step in range(60):
        over_applet = PointerMoved(screen=0, x=0.82, y=0.08 + step * 0.012)
        help_.console.post_all(over_applet, PRESS, RELEASE)
    help_.person.look_at("^Rescue$")
    await until(lambda: help_.person.place()[1] > 600)
    help_.console.post_all(*key("Tab"), *key("Space"), PointerMoved(screen=0, x=0.0, y=0.0))
    await until(lambda: help_.person.place() == (0, 0))

    assert help_.console.session()["consents"] == {"control": "granted"}
    assert help_.console.session()["status"] == "active"


async def test_the_technician_controls_nothing_while_a_question_is_open(
    help_: Helped, target: Target
) -> None:
    await help_.in_control()
    await help_.asked("system_information")
    before = len(help_.console.seen)
    help_.console.post_all(TO_TARGET, PRESS, RELEASE)
    help_.person.press_in_applet("Return")
    await until(lambda: help_.console.session()["consents"]["system_information"] == "denied")
    await help_.console.until(ControlPaused, lambda each: not each.paused, before)
    help_.console.post_all(PointerMoved(screen=0, x=0.1, y=0.2), PRESS, RELEASE)

    assert await target.until("press") == "press 1 128 160"
