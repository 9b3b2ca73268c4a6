"""The applet, which also prints what its window shows, as a line of JSON each time.

``python -m tests.stage.applets.reporting [OPTIONS]``, with the options of ``rescue-applet``.
"""

import json
import sys

from rescue_console.applet.__main__ import main
from rescue_console.applet.window.views import View
from rescue_console.applet.window.window import Window

_show = Window._show


def report_and_show(window: Window, view: View) -> None:
    """Print what *view* says, and show it as usual."""
    said = {
        "security_code": getattr(view, "security_code", ""),
        "betrayed": getattr(view, "betrayed", False),
    }
    print(json.dumps(said), flush=True)  # noqa: T201
    _show(window, view)


if __name__ == "__main__":
    Window._show = report_and_show  # type: ignore[assignment, method-assign]
    sys.exit(main())
