"""Lets the technician use the customer's mouse and keyboard.

Before each action it checks that control is granted, that no question is open, that the customer is
not using mouse or keyboard, and that no click or key would reach the applet's own windows. When
control ends, for whatever reason, every key and button that the technician holds is released.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from rescue_console.applet.consent.duty import Duty, Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.input.base import Device
from rescue_console.protocol import channel
from rescue_console.protocol.channel import FromConsole, MouseButton, Screen
from rescue_console.protocol.powers import Power

_log = logging.getLogger(__name__)

OWN_INPUT_WINS_S = 1.0
"""How long the technician's input is ignored after the customer's own."""

_TYPED_AT_ONCE = 32
"""Characters typed before the loop can run something else."""

_HELD_MAX = 32
"""Keys held down at once: more than two hands can hold, yet few enough to remember."""


class Control(Duty):
    """Injects the input that arrives; tells the console by *post* when control pauses."""

    takes = frozenset(
        {
            channel.PointerMoved,
            channel.ButtonChanged,
            channel.WheelTurned,
            channel.KeyChanged,
            channel.TextTyped,
            channel.SecureAttention,
            channel.AllReleased,
        }
    )

    def __init__(
        self,
        device: Device,
        grants: Grants,
        own_windows: OwnWindows,
        post: Post,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._device = device
        self._grants = grants
        self._own_windows = own_windows
        self._post = post
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        # Held while an action is checked and done, so that none happens after control has ended.
        self._gate = threading.RLock()
        self._keys: dict[str, str] = {}
        self._buttons: set[MouseButton] = set()
        self._quiet_at: float | None = None
        self.screens: list[Screen] = device.screens()

    async def do(self, message: FromConsole) -> None:
        """Do what *message* asks for, if it is allowed at this moment."""
        match message:
            case channel.PointerMoved():
                self._move(message)
            case channel.ButtonChanged():
                self._press(message.button, down=message.down)
            case channel.WheelTurned():
                self._turn(message)
            case channel.KeyChanged():
                self._key(message)
            case channel.TextTyped():
                await self._type(message.text)
            case channel.SecureAttention():
                self._ask_for_attention()
            case channel.AllReleased():
                self.release_all()

    async def end(self) -> None:
        """Release everything: without a channel the technician cannot."""
        self.release_all()

    def power_ended(self, power: Power) -> None:
        """Release everything when control ends."""
        if power is Power.CONTROL:
            self.release_all()

    def release_all(self) -> None:
        """Release every key and button that the technician holds."""
        with self._gate:
            while self._keys:
                code, makes = self._keys.popitem()
                self._let_go(partial(self._device.key, code, down=False, makes=makes))
            while self._buttons:
                self._let_go(partial(self._device.press, self._buttons.pop(), down=False))

    def _let_go(self, release: Callable[[], None]) -> None:
        try:
            release()
        except Exception:
            # The system may refuse to release one; the others must still come up.
            _log.exception("A key or button that was held down could not be released.")

    def own_input(self) -> None:
        """Pause control: the customer's own input comes first. Called from any thread."""
        if not self._grants.has(Power.CONTROL):
            return
        with self._gate:
            begins = self._quiet_at is None
            self._quiet_at = self._clock() + OWN_INPUT_WINS_S
            if begins:
                self.release_all()
        if begins:
            self._loop.call_soon_threadsafe(self._announce, True)
            self._loop.call_soon_threadsafe(self._resume_when_quiet)

    def _resume_when_quiet(self) -> None:
        with self._gate:
            assert self._quiet_at is not None, "one resumption follows one pause"
            left_s = self._quiet_at - self._clock()
            if left_s <= 0:
                self._quiet_at = None
        if left_s > 0:
            self._loop.call_later(left_s, self._resume_when_quiet)
        else:
            self._announce(False)

    def _announce(self, paused: bool) -> None:
        self._post(channel.ControlPaused(paused=paused))

    def _may_act(self) -> bool:
        return (
            self._grants.has(Power.CONTROL)
            and self._quiet_at is None
            and not self._grants.asked()
            and not self._own_windows.asking
        )

    def _may_hold(self, code: str) -> bool:
        return self._may_act() and (code in self._keys or len(self._keys) < _HELD_MAX)

    def _move(self, message: channel.PointerMoved) -> None:
        if message.screen >= len(self.screens):
            return
        screen = self.screens[message.screen]
        left = screen.left + round(message.x * (screen.width - 1))
        top = screen.top + round(message.y * (screen.height - 1))
        with self._gate:
            if self._may_act():
                self._device.move(left, top)

    def _press(self, button: MouseButton, *, down: bool) -> None:
        with self._gate:
            if not down:
                if button in self._buttons:
                    self._buttons.discard(button)
                    self._device.press(button, down=False)
            elif self._may_act() and not self._own_windows.under(*self._device.place()):
                self._buttons.add(button)
                self._device.press(button, down=True)

    def _turn(self, message: channel.WheelTurned) -> None:
        with self._gate:
            if self._may_act() and not self._own_windows.under(*self._device.place()):
                self._device.turn(message.x, message.y)

    def _key(self, message: channel.KeyChanged) -> None:
        code = message.code
        with self._gate:
            if not message.down:
                if code in self._keys:
                    self._device.key(code, down=False, makes=self._keys.pop(code))
            elif self._may_hold(code) and not self._own_windows.have_keyboard:
                # A key that goes down again before it has come up keeps its character.
                makes = self._keys.setdefault(code, message.makes)
                self._device.key(code, down=True, makes=makes)

    def _ask_for_attention(self) -> None:
        with self._gate:
            if self._may_type():
                # Held keys such as Shift would change the combination.
                self.release_all()
                self._device.secure_attention()

    async def _type(self, text: str) -> None:
        text = text.replace("\r\n", "\n")
        while text and self._may_type():
            ready = self._device.ready_text(text[:_TYPED_AT_ONCE])
            await asyncio.sleep(ready.wait_s)
            for character in text[: ready.characters]:
                # Checked before each character, and the gate released after it: Stop must not wait.
                with self._gate:
                    if not self._may_type():
                        return
                    self._device.type_text(character)
            text = text[ready.characters :]

    def _may_type(self) -> bool:
        return self._may_act() and not self._own_windows.have_keyboard
