"""Records when a point on an X screen changes colour, as the technician's end of a measurement.

``python -m benchmarks.screen_reader X Y`` writes, for each change, the monotonic time in
nanoseconds and the colour as ``rrggbb``.
"""

import sys
import time

from Xlib import X
from Xlib.display import Display

LOOK_EVERY_S = 0.001
_CHANGE = 40
"""By how much a component of the colour must differ, since encoding causes small differences."""


def main(x: int, y: int) -> None:
    root = Display().screen().root
    before = (-1000, 0, 0)
    while True:
        data = root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFF).data
        now = time.monotonic_ns()
        colour = (data[2], data[1], data[0])
        if max(abs(a - b) for a, b in zip(colour, before, strict=True)) > _CHANGE:
            before = colour
            print(now, "{:02x}{:02x}{:02x}".format(*colour), flush=True)
        time.sleep(LOOK_EVERY_S)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
