"""A program that fills a rectangle of an X screen with the colours it is told.

``python -m tests.stage.customers.colour_window X Y WIDTH HEIGHT``: each line on standard input is a
colour as ``rrggbb``; once it is on the screen, the program prints the monotonic time in
nanoseconds.
"""

import sys
import time

from Xlib import X
from Xlib.display import Display


def main(x: int, y: int, width: int, height: int) -> None:
    display = Display()
    screen = display.screen()
    window = screen.root.create_window(
        x, y, width, height, 0, screen.root_depth, override_redirect=True, background_pixel=0
    )
    window.map()
    display.sync()
    print("ready", flush=True)  # noqa: T201 (its answer)
    for line in sys.stdin:
        window.configure(stack_mode=X.Above)
        window.change_attributes(background_pixel=int(line, 16))
        window.clear_area()
        display.sync()
        print(time.monotonic_ns(), flush=True)  # noqa: T201 (its answer)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:5]))
