"""Real mouse and keyboard of the technician's screen: what they do reaches the app as X events."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from PIL import ImageGrab

from tests.stage.desk.desk import WAIT_S, Desk

LAYOUT = ("us", "-variant", "intl")
"""The keyboard: one with dead keys and an AltGr key."""
BETWEEN_KEYS_MS = "25"


class RealHands:
    """Somebody with a mouse and a keyboard at the screen of *desk*.

    Args:
        environment: Variables that lead to the screen.
        picture: What the picture of the customer's screen is called.
    """

    def __init__(self, desk: Desk, environment: Mapping[str, str], picture: str) -> None:
        self._desk = desk
        self._environment = dict(environment)
        self._picture = picture
        self._run("setxkbmap", *LAYOUT)

    def click(self, name: str) -> None:
        """Click on the button, tab, entry or field called *name*, once it can be."""
        left, top = self._place_at_rest(name)
        self._xdotool("mousemove", str(left), str(top), "click", "1")

    def click_in_picture(self, across: float, down: float) -> None:
        """Click on a place of the customer's screen, given as parts of its width and height."""
        left, top = self._pixel(across, down)
        self._xdotool("mousemove", str(left), str(top), "click", "1")

    def colour_in_picture(self, across: float, down: float) -> tuple[int, int, int]:
        """Return the colour that the technician's screen shows at a place of the customer's."""
        left, top = self._pixel(across, down)
        display = self._environment["DISPLAY"]
        with ImageGrab.grab((left, top, left + 1, top + 1), xdisplay=display) as pixel:
            seen = pixel.convert("RGB").tobytes()
        return seen[0], seen[1], seen[2]

    def type(self, text: str) -> None:
        """Type *text* where the keyboard is."""
        self._xdotool("type", "--delay", BETWEEN_KEYS_MS, text)

    def press(self, *keys: str) -> None:
        """Press keys, each a keysym's name, perhaps with others held: ``ctrl+c``."""
        self._xdotool("key", "--delay", BETWEEN_KEYS_MS, *keys)

    def take_picture(self, path: Path) -> None:
        """Write a picture of the whole screen."""
        with ImageGrab.grab(xdisplay=self._environment["DISPLAY"]) as picture:
            picture.save(path)

    def _place_at_rest(self, name: str) -> tuple[int, int]:
        """Return where *name* is, once it is in the same place at two looks."""
        seen: list[tuple[int, int]] = []

        def rests() -> bool:
            seen.append(self._desk.where(name))
            return seen[-1:] == seen[-2:-1]

        self._desk.wait_for(rests)
        return seen[-1]

    def _pixel(self, across: float, down: float) -> tuple[int, int]:
        left, top, width, height = self._desk.picture_place(self._picture)
        return left + round(across * (width - 1)), top + round(down * (height - 1))

    def _xdotool(self, *words: str) -> None:
        self._run("xdotool", *words)

    def _run(self, *words: str) -> None:
        subprocess.run(words, env=self._environment, check=True, timeout=WAIT_S)
