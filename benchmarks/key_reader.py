"""Records when keys go down on an X screen, as the customer's end of a measurement.

``python -m benchmarks.key_reader`` opens a window. For each line on standard input it gives that
window the keyboard focus and answers ``ready``. For each key that goes down, it writes the
monotonic time in nanoseconds.
"""

import sys
import threading
import time

from Xlib import X
from Xlib.display import Display


def main() -> None:
    display = Display()
    screen = display.screen()
    window = screen.root.create_window(
        *(0, 0, 300, 200, 0, screen.root_depth),
        override_redirect=True,
        background_pixel=screen.white_pixel,
        event_mask=X.KeyPressMask | X.ExposureMask,
    )
    window.map()
    display.sync()
    threading.Thread(target=_tell, args=[display], daemon=True).start()
    other = Display()
    for _ in sys.stdin:
        other.create_resource_object("window", window.id).set_input_focus(
            X.RevertToParent, X.CurrentTime
        )
        other.sync()
        print("ready", flush=True)


def _tell(display: Display) -> None:
    while True:
        event = display.next_event()
        if event.type == X.KeyPress:
            print(time.monotonic_ns(), flush=True)


if __name__ == "__main__":
    main()
