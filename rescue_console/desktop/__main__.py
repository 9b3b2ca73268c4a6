"""``rescue-console``: the technician console."""

import sys

from rescue_console.desktop.program.command_line import read_options
from rescue_console.desktop.program.incomplete import what_is_missing
from rescue_console.system.private_files import keep_to_owner


def main() -> int:
    """Run the program; return its exit code."""
    keep_to_owner()
    options = read_options(sys.argv[1:])
    if missing := what_is_missing():
        sys.stderr.write(missing)
        return 1
    # After the command line has been read: a complaint about it must not wait for Qt.
    from rescue_console.desktop.app import run

    return run(options)


if __name__ == "__main__":
    raise SystemExit(main())
