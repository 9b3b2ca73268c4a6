"""``rescue-applet``: the window in the main thread, everything else in a second one."""

import logging
import sys
import threading
import tkinter
from collections.abc import Sequence

from rescue_console.applet.arriving.built_for import built_for
from rescue_console.applet.arriving.options import Options, read_options
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.machine.base import Machine
from rescue_console.applet.machine.opening import open_machine
from rescue_console.applet.returning.returning import Returning
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.applet.window.texts import Texts, system_language
from rescue_console.applet.window.window import Window
from rescue_console.system.private_files import keep_to_owner

FAREWELL_S = 10.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the applet; return its exit code."""
    keep_to_owner()
    # Log to standard error only: the applet leaves no file behind.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    given = sys.argv[1:] if arguments is None else arguments
    options = read_options(given, sys.executable, built_for())
    machine = open_machine()
    if not options.returning:
        return _run(options, machine)
    returning = Returning(machine, options.returning)
    try:
        way_back = returning.take(built_for())
        return _run(options, machine, way_back) if way_back is not None else 0
    finally:
        # This comes last: a one-file program reads from its own file until it ends.
        returning.forget()


def _run(options: Options, machine: Machine, way_back: WayBack | None = None) -> int:
    texts = Texts(system_language())
    own_windows = OwnWindows()
    if sys.platform == "win32":
        from rescue_console.applet.input.windows import be_aware_of_scaling

        be_aware_of_scaling()
    try:
        window = Window(texts, own_windows)
    except tkinter.TclError as error:
        print(f"rescue-applet: {error}", file=sys.stderr)  # noqa: T201 (a command speaks here)
        return 1
    # Imported late: the network code takes longer to load than the window takes to appear.
    from rescue_console.applet.engine import Engine

    engine = Engine(options, texts, own_windows, window.put, machine, way_back)
    thread = threading.Thread(target=engine.run, name="engine", daemon=True)
    thread.start()
    window.run(engine)
    thread.join(FAREWELL_S)
    return 0


if __name__ == "__main__":
    sys.exit(main())
