"""The technician's mouse and keyboard; their input reaches the app as real X events."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from PIL import ImageGrab

from tests.stage.desk.desk import WAIT_S, Desk

LAYOUT = ("us", "-variant", "intl")
"""The keyboard layout, which has dead keys and an AltGr key."""
BETWEEN_KEYS_MS = "25"


class RealHands:
    """Somebody with a mouse and a keyboard at the screen of *desk*.

    Args:
        environment: Variables that lead to the screen.
        picture: The name of the picture of the customer's screen.
    """

    def __init__(self, desk: Desk, environment: Mapping[str, str], picture: str) -> None:
        self._desk = desk
        self._environment = dict(environment)
        self._picture = picture
        self._run("setxkbmap", *LAYOUT)

    def click(self, name: str) -> None:
        """Click on the button, tab, entry or field called *name*, once that is possible."""
        left, top = self._place_at_rest(name)
        self._xdotool("mousemove", str(left), str(top), "click", "1")

    def click_in_picture(self, across: float, down: float) -> None:
        """Click on a place on the customer's screen, given as fractions of its width and height."""
        left, top = self._pixel(across, down)
        self._xdotool("mousemove", str(left), str(top), "click", "1")

    def colour_in_picture(self, across: float, down: float) -> tuple[int, int, int]:
        """Return the colour that the technician sees at a place on the customer's screen."""
        left, top = self._pixel(across, down)
        display = self._environment["DISPLAY"]
        with ImageGrab.grab((left, top, left + 1, top + 1), xdisplay=display) as pixel:
            seen = pixel.convert("RGB").tobytes()
        return seen[0], seen[1], seen[2]

    def type(self, text: str) -> None:
        """Type *text* into whatever has the keyboard focus."""
        self._xdotool("type", "--delay", BETWEEN_KEYS_MS, text)

    def press(self, *keys: str) -> None:
        """Press keys, each given as a keysym's name, perhaps with modifiers: ``ctrl+c``."""
        self._xdotool("key", "--delay", BETWEEN_KEYS_MS, *keys)

    def take_picture(self, path: Path) -> None:
        """Write a picture of the whole screen."""
        with ImageGrab.grab(xdisplay=self._environment["DISPLAY"]) as picture:
            picture.save(path)

    def _place_at_rest(self, name: str) -> tuple[int, int]:
        """Return where *name* is, once two looks in a row have found it in the same place."""
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
