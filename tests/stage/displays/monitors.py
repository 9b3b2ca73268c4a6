"""Divides an X screen into monitors.

Source: RandR Extension Protocol 1.5, RRSetMonitor. The library's own request fails to be packed.
"""

from Xlib.display import Display
from Xlib.ext import randr
from Xlib.protocol import rq

PIXELS_PER_MM = 4
_SET_MONITOR = 43


class _SetMonitor(rq.Request):  # type: ignore[misc]  # the library has no types
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(_SET_MONITOR),
        rq.RequestLength(),
        rq.Window("window"),
        rq.Card32("name"),
        rq.Bool("primary"),
        rq.Bool("automatic"),
        rq.Card16("outputs"),
        rq.Int16("x"),
        rq.Int16("y"),
        rq.Card16("width"),
        rq.Card16("height"),
        rq.Card32("width_mm"),
        rq.Card32("height_mm"),
    )


def put_monitor(
    name_of_display: str,
    name: str,
    left: int,
    top: int,
    width: int,
    height: int,
    *,
    primary: bool = False,
) -> None:
    """Make a part of the screen a monitor; all lengths are in pixels."""
    display = Display(name_of_display)
    try:
        _SetMonitor(
            display=display.display,
            opcode=display.display.get_extension_major(randr.extname),
            window=display.screen().root,
            name=display.intern_atom(name),
            primary=primary,
            automatic=False,
            outputs=0,
            x=left,
            y=top,
            width=width,
            height=height,
            width_mm=width // PIXELS_PER_MM,
            height_mm=height // PIXELS_PER_MM,
        )
        display.sync()
    finally:
        display.close()
